import type { PodRecord } from '../lifecycle/report.ts';
import { secondsBetween } from './instants.ts';

/** What a pod was about for a while. Seconds count from the drain's start. */
export interface Spell {
  kind: SpellKind;
  from: number;
  to: number;
}

export type SpellKind = 'waiting' | 'held' | 'terminating' | 'forced' | 'staying';

/** For the legend, in the order of a pod's life. */
export const spellWords: Record<SpellKind, string> = {
  waiting: 'not asked to go yet',
  held: 'eviction refused, asked again',
  terminating: 'evicted, stopping',
  forced: 'deleted by force, stopping',
  staying: 'stays',
};

/** A pod without an end is there until `endSeconds`. */
export function spellsOf(record: PodRecord, startedAt: string, endSeconds: number): Spell[] {
  const second = (instant: string | undefined) => secondsBetween(startedAt, instant);
  const end = second(record.goneAt) ?? endSeconds;
  const heldAt = record.causes.flatMap(({ firstAt }) => second(firstAt) ?? []);
  const changes: { kind: SpellKind; from: number | undefined }[] = [
    { kind: 'held', from: heldAt.length > 0 ? Math.min(...heldAt) : undefined },
    { kind: 'terminating', from: second(record.evictedAt) },
    { kind: 'forced', from: second(record.forcedAt) },
  ];
  const known = changes.flatMap(({ kind, from }) => (from === undefined ? [] : [{ kind, from: Math.max(0, from) }]));
  const first = known.length === 0 && record.verdict !== 'evict' && record.verdict !== 'wait' ? 'staying' : 'waiting';
  const turns = [{ kind: first as SpellKind, from: 0 }, ...known.sort((a, b) => a.from - b.from)];
  return turns.flatMap(({ kind, from }, i) => {
    const to = Math.min(turns[i + 1]?.from ?? end, end);
    return to > from ? [{ kind, from, to }] : [];
  });
}

/** How long it was in such spells altogether. */
export function secondsIn(kinds: readonly SpellKind[], spells: readonly Spell[]): number {
  return spells.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { from, to }) => sum + to - from, 0);
}
