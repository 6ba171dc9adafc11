import type { Pattern } from './ast.ts';
import { type Find, finder } from './find-regex.ts';

type Fail = (reason: string, at: number) => never;

/** A regular expression of a query; leading flags (`(?i)`) are how that dialect says what JavaScript says at the end. */
export function toRegExp({ source, at }: { source: string; at: number }, fail: Fail): RegExp {
  // What stands before it of a documented example, `/^(?i)Exception$/`, means the same with the flag and without.
  const [, anchor = '', inline = '', rest = source] =
    /^(\^(?=\(\?[is]+\)))?\(\?([ims]+)\)([\s\S]*)$/.exec(source) ?? [];
  try {
    return new RegExp(anchor + rest, `${inline}u`);
  } catch (error) {
    return fail(`the regular expression is not understood: ${(error as Error).message}`, at);
  }
}

/** What `like` asks: a text is part of the value, letter by letter; a regular expression is found somewhere in it. */
export function matcher(pattern: Pattern, fail: Fail): (text: string) => boolean {
  if (pattern.type === 'text') return (value) => value.includes(pattern.text);
  const regex = toRegExp({ ...pattern, source: withoutNames(pattern.source) }, fail);
  const find = finder(regex);
  return (value) => find(value) !== null;
}

/** An escape, a class, or the opening of a group with its name if it has one. */
const tokens = /\\k<|\\.|\[(?:\\.|[^\]\\])*\]|\((?!\?)|\(\?<([A-Za-z_]\w*)>/g;

/** Names of the groups of a regular expression in their order, undefined for one without. */
export function groupsOf(source: string): (string | undefined)[] {
  return [...source.matchAll(tokens)].filter(([token]) => token.startsWith('(')).map(([, name]) => name);
}

/** Without the names, which cost an object for each match; a reference to one needs them. */
function withoutNames(source: string): string {
  return source.includes('\\k<') ? source : source.replace(tokens, (token, name) => (name ? '(' : token));
}

export interface Extractor {
  find: Find;
  /** What each value is called, and which group of the match it is. */
  values: { name: string; group: number }[];
}

/** What `parse` extracts: named groups of a regular expression, or the asterisks of a text, in their order. */
export function extractor(pattern: Pattern, names: string[], at: number, fail: Fail): Extractor {
  if (pattern.type === 'regex') {
    toRegExp(pattern, fail);
    const groups = groupsOf(pattern.source);
    const values = groups.flatMap((name, index) => (name === undefined ? [] : [{ name, group: index + 1 }]));
    if (values.length === 0 || names.length > 0)
      return fail('parse with a regular expression takes its names from groups such as (?<name>…)', at);
    return { find: finder(toRegExp({ ...pattern, source: withoutNames(pattern.source) }, fail)), values };
  }
  const parts = pattern.text.split('*');
  if (parts.length - 1 !== names.length || names.length === 0)
    return fail(`parse needs a name for each * of its text: ${parts.length - 1} *, ${names.length} names`, at);
  const literals = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`));
  const source = literals.reduce((before, after, index) =>
    index === literals.length - 1 && after === '' ? `${before}(.*)` : `${before}(.*?)${after}`,
  );
  return { find: finder(new RegExp(source, 'su')), values: names.map((name, index) => ({ name, group: index + 1 })) };
}
