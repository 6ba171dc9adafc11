import { describe, expect, it } from 'vitest';
import type { EvictionOutcome } from '../../../shared/lifecycle/eviction-answer.ts';
import { retryDelay } from '../../../shared/lifecycle/retry-delay.ts';

const said = (
  kind: Exclude<EvictionOutcome['kind'], 'accepted' | 'gone' | 'terminating'>,
  retryAfterSeconds?: number,
) => ({
  kind,
  text: '',
  ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
});

describe('after the answer, in the words of the table', () => {
  it.each<[row: string, seconds: number, outcome: EvictionOutcome]>([
    ['budget exhausted: wait for the PDB to change, at most 30 s (T41)', 30, said('budget')],
    ['PDB not processed yet: honour Retry-After (T43)', 10, said('budget-not-processed', 10)],
    ['PDB not processed yet, no Retry-After', 10, said('budget-not-processed')],
    ['PDB not processed yet, Retry-After 0', 1, said('budget-not-processed', 0)],
    ['two PDBs: retry each 30 s (T44)', 30, said('two-budgets')],
    ['namespace going: else retry 5 s (T56)', 5, said('namespace-terminating')],
    ['missing right: retried each minute (T57)', 60, said('missing-right')],
    ['accepted: the watch says when it is gone', 5, { kind: 'accepted' }],
    ['terminating: the watch says when it is gone', 5, { kind: 'terminating' }],
    ['gone: the watch says so', 5, { kind: 'gone' }],
  ])('%s → %i s, each time', (_row, seconds, outcome) => {
    expect([1, 2, 50].map((tries) => retryDelay(outcome, tries, 0.99))).toEqual(Array(3).fill(seconds * 1000));
  });

  it.each([
    ['honour Retry-After', 7, 7],
    ['no Retry-After', undefined, 1],
    ['Retry-After 0', 0, 1],
  ])('API overload, %s, and up to a second more, so that not all come at once (T62)', (_row, retryAfter, least) => {
    expect([0, 1].map((random) => retryDelay(said('overload', retryAfter), 1, random))).toEqual([
      least * 1000,
      (least + 1) * 1000,
    ]);
  });

  it.each(['admission', 'webhook-down'] as const)('%s: backoff 5 → 60 s', (kind) => {
    const delays = [1, 2, 3, 4, 5, 6, 5000].map((tries) => retryDelay(said(kind), tries, 0));
    expect(delays).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000]);
  });

  it('trouble (504, reset, timeout): backoff with jitter 1 → 30 s (T59)', () => {
    const most = [1, 2, 3, 4, 5, 6, 5000].map((tries) => retryDelay(said('trouble'), tries, 1));
    const least = [1, 2, 3, 4, 5, 6, 5000].map((tries) => retryDelay(said('trouble'), tries, 0));
    expect(most).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(least).toEqual(most.map((delay) => delay / 2));
  });

  it('conflict, the same pod: backoff with jitter (T53)', () => {
    expect([1, 2, 3, 9].map((tries) => retryDelay(said('conflict'), tries, 1))).toEqual([500, 1_000, 2_000, 10_000]);
    expect(retryDelay(said('conflict'), 1, 0)).toBe(250);
  });
});
