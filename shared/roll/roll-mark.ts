import type { Which } from './roll-request.ts';

export const rollTag = 'eks-node-lifecycle/roll';
/** After so long without a sign of life the process that rolled is taken for dead. */
export const silentMs = 90_000;

/** All that a roll has to remember, in a tag of its group. Instants are epoch milliseconds. */
export interface RollMark {
  id: string;
  /** The process that rolls. */
  run: string;
  which: Which['kind'];
  /** Instances that were launched before are old. */
  before?: number;
  /** What the group launched from when the roll began, where that tells which instances are old. */
  target?: string;
  /** How many instances were old then. */
  old: number;
  /** Desired capacity when the roll began. */
  base: number;
  /** How many instances more than that are to be there meanwhile, and are in the desired capacity still. */
  surge: number;
  /** The desired capacity is about to be moved: while it is `from` it was not. */
  move?: { from: number; to: number };
  /** About to be terminated with a decrement, which `surge` no longer counts: while it is in service it was not. */
  giving?: string;
  /** The processes that we suspended. */
  holds: readonly string[];
  /** The maximum before us, and ours. */
  max?: { from: number; to: number };
  startedAt: number;
  seenAt: number;
}

/** Words of letters, digits and `:-,=`, which every service takes in a tag, 256 characters at most. */
export function writeRollMark(mark: RollMark): string {
  const { id, run, which, before, target, old, base, surge, move, giving, holds, max, startedAt, seenAt } = mark;
  const words = {
    id,
    run,
    which,
    ...(before !== undefined && { before: instant(before) }),
    ...(target && { for: target }),
    old,
    base,
    surge,
    ...(move && { move: `${move.from}:${move.to}` }),
    ...(giving && { giving }),
    ...(holds.length > 0 && { holds: holds.join(':') }),
    ...(max && { max: `${max.from}:${max.to}` }),
    at: instant(startedAt),
    seen: instant(seenAt),
  };
  return Object.entries(words)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

/** undefined when it cannot be read. */
export function readRollMark(text: string): RollMark | undefined {
  const words = new Map(text.split(' ').map((word) => split(word, '=')));
  const number = (name: string) => wholeNumber(words.get(name) ?? '');
  const time = (name: string) => Date.parse(words.get(name) ?? '');
  const pair = (name: string) => {
    const [from, to] = split(words.get(name) ?? '', ':').map(wholeNumber);
    return words.has(name) ? { from: from ?? Number.NaN, to: to ?? Number.NaN } : undefined;
  };
  const which = whiches.find((kind) => kind === words.get('which'));
  const [move, max, giving] = [pair('move'), pair('max'), words.get('giving')];
  const mark = {
    id: words.get('id') ?? '',
    run: words.get('run') ?? '',
    ...(words.has('before') && { before: time('before') }),
    ...(words.has('for') && { target: words.get('for') ?? '' }),
    old: number('old'),
    base: number('base'),
    surge: number('surge'),
    ...(move && { move }),
    ...(giving && { giving }),
    holds: (words.get('holds') ?? '').split(':').filter((name) => name !== ''),
    ...(max && { max }),
    startedAt: time('at'),
    seenAt: time('seen'),
  };
  const numbers = [mark.old, mark.base, mark.surge, mark.startedAt, mark.seenAt, mark.before, ...pairs(move, max)];
  if (!which || !mark.id || !mark.run || numbers.some(Number.isNaN)) return undefined;
  return { ...mark, which };
}

const whiches: readonly Which['kind'][] = ['template', 'all', 'older-than'];

/** To the second, and never later than it was: what a second had begun with is old. */
const instant = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

const wholeNumber = (text: string) => (/^\d+$/.test(text) ? Number(text) : Number.NaN);

const pairs = (...some: ({ from: number; to: number } | undefined)[]) =>
  some.flatMap((pair) => (pair ? [pair.from, pair.to] : []));

function split(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}
