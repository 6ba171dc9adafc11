/** A text whose range takes in one second more, and how what CloudWatch says of it is meant of the text as it was. */
export interface CutText {
  text: string;
  /** undefined: in what was put in. */
  offsetOf(offset: number): number | undefined;
  /** What is wrong, with its place in the words of CloudWatch if it tells one. */
  reasonOf(message: string): string;
}

const comments = /^(?:\s|#[^\n]*(?:\n|$))*/;

/** Where its first command is. */
export const startOf = (text: string): number => comments.exec(text)?.[0].length ?? 0;

/**
 * A range may end at the first millisecond of its last second, and events of the rest would be in neither of two ranges that meet there:
 * one second more is asked for, and cut off to the millisecond. https://github.com/aws/aws-sdk/issues/280
 */
export function cutAfter(text: string, endSeconds: number): CutText {
  const at = startOf(text);
  const before = text.slice(0, at);
  // On the line of the first command, so that lines keep their numbers.
  const filter = `filter toMillis(@timestamp) < ${(endSeconds + 1) * 1000} ${text[at] === '|' ? '' : '| '}`;
  return {
    text: before + filter + text.slice(at),
    offsetOf: (offset) => {
      if (offset < at) return offset;
      return offset < at + filter.length ? undefined : offset - filter.length;
    },
    reasonOf: (message) =>
      message.replace(/\bline (\d+) and position (\d+)/, (told, line: string, position: string) => {
        const isFirst = Number(line) === before.split('\n').length && Number(position) >= filter.length;
        return isFirst ? `line ${line} and position ${Number(position) - filter.length}` : told;
      }),
  };
}
