/** A change of the code that no test notices, as the lines that it touches. */
export interface Survivor {
  file: string;
  /** The function or constant that it is in. */
  where: string;
  was: string;
  is: string;
}

/** Survivors that are known, by file: why each does no harm. It is found by its text, since line numbers move. */
export type Reasons = Readonly<Record<string, readonly Reason[]>>;

export interface Reason {
  was: string;
  is: string;
  why: string;
}

/** As Stryker reports it: ids count up, lines and columns count from 1, and `end` is the first column behind it. */
export interface Mutant {
  id: string;
  fileName: string;
  replacement?: string;
  status: string;
  location: { start: Position; end: Position };
}

interface Position {
  line: number;
  column: number;
}

export const isSurvivor = ({ status }: Mutant) => status === 'Survived' || status === 'NoCoverage';

export function survivorOf({ fileName: file, replacement = '', location }: Mutant, source: string): Survivor {
  const { start, end } = location;
  const lines = source.split('\n');
  const touched = lines.slice(start.line - 1, end.line);
  const before = touched[0]?.slice(0, start.column - 1) ?? '';
  const after = touched.at(-1)?.slice(end.column - 1) ?? '';
  const where = lines.slice(0, start.line).findLast((line) => DECLARATION.test(line)) ?? '';
  return {
    file,
    where: DECLARATION.exec(where)?.[1] ?? '',
    was: inOneLine(touched.join('\n')),
    is: inOneLine(before + replacement + after),
  };
}

/** Survivors that nobody has given a reason for, and reasons whose mutant is killed by now or whose code is gone. */
export function compare(survivors: readonly Survivor[], reasons: Reasons): { unexplained: Survivor[]; idle: string[] } {
  const found = new Set(survivors.map(keyOf));
  const explained = Object.entries(reasons).flatMap(([file, all]) => all.map((reason) => keyOf({ file, ...reason })));
  return {
    unexplained: survivors.filter((survivor) => !explained.includes(keyOf(survivor))),
    idle: explained.filter((key) => !found.has(key)),
  };
}

/** How a survivor is told to a person, and recognised. */
export function keyOf({ file, was, is }: Pick<Survivor, 'file' | 'was' | 'is'>): string {
  return `${file}\n- ${was}\n+ ${is}`;
}

export function inOneLine(code: string): string {
  return code.replace(/\s+/g, ' ').trim();
}

/** At the left margin. */
const DECLARATION = /^(?:export )?(?:async )?(?:function|const) (\w+)/;
