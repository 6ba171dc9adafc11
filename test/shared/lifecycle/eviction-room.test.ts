import { describe, expect, it } from 'vitest';
import { adjustLimit, measureRoom, shareOf } from '../../../shared/lifecycle/eviction-room.ts';
import { aBudget, anAttempt, aPod } from './builders.ts';

const web = [1, 2, 3, 4].map((number) => aPod({ name: `web-${number}` }));
const free = [1, 2, 3, 4].map((number) => aPod({ name: `free-${number}`, labels: {} }));
const flying = (...names: string[]) => new Map(names.map((name) => [`uid-${name}`, anAttempt({ inFlight: true })]));

function taken(input: Partial<Parameters<typeof measureRoom>[0]>, pods = [...web, ...free]): string[] {
  const room = measureRoom({ pods: [...web, ...free], attempts: new Map(), budgets: [], inFlightLimit: 50, ...input });
  return pods.filter((pod) => room.take(pod)).map(({ name }) => name);
}

describe('requests in flight', () => {
  it.each([
    [3, ['web-1', 'web-2', 'web-3']],
    [2.9, ['web-1', 'web-2']],
    [1, ['web-1']],
    [0.5, ['web-1']],
    [0, ['web-1']],
  ])('are at most %s', (inFlightLimit, names) => {
    expect(taken({ inFlightLimit })).toEqual(names);
  });

  it('are counted with those that are under way', () => {
    expect(taken({ inFlightLimit: 3, attempts: flying('web-1', 'free-1') }, web.slice(1))).toEqual(['web-2']);
    expect(taken({ inFlightLimit: 2, attempts: flying('web-1', 'free-1', 'free-2') }, web.slice(1))).toEqual([]);
  });

  it('are counted with those of pods that have left the node meanwhile', () => {
    expect(taken({ inFlightLimit: 2, attempts: flying('gone-1') }, web)).toEqual(['web-1']);
  });

  it('are not those that came back', () => {
    expect(taken({ inFlightLimit: 1, attempts: new Map([['uid-web-1', anAttempt({ tries: 1 })]]) })).toEqual(['web-1']);
  });
});

describe('requests in flight for one budget', () => {
  it.each([
    [2, ['web-1', 'web-2', ...free.map(({ name }) => name)]],
    [1, ['web-1', ...free.map(({ name }) => name)]],
    [0, ['web-1', ...free.map(({ name }) => name)]],
  ])('are at most max(1, %i)', (disruptionsAllowed, names) => {
    expect(taken({ budgets: [aBudget({ disruptionsAllowed })] })).toEqual(names);
  });

  it('are counted with those that are under way', () => {
    const budgets = [aBudget({ disruptionsAllowed: 2 })];
    expect(taken({ budgets, attempts: flying('web-1') }, web.slice(1))).toEqual(['web-2']);
  });

  it('take from each budget that selects the pod', () => {
    const budgets = [aBudget({ disruptionsAllowed: 3 }), aBudget({ name: 'web-too', disruptionsAllowed: 2 })];
    expect(taken({ budgets }, web)).toEqual(['web-1', 'web-2']);
  });

  it('do not count against the limit when they are refused', () => {
    expect(taken({ budgets: [aBudget()], inFlightLimit: 2 })).toEqual(['web-1', 'free-1']);
  });
});

describe("a drain's share of the cluster's limit", () => {
  it.each([
    [50, 1, 50],
    [50, 3, 16],
    [50, 50, 1],
    [50, 51, 1],
    [50, 0, 50],
  ])('of %i among %i nodes is %i', (most, nodes, share) => {
    expect(shareOf(most, nodes)).toBe(share);
  });
});

describe('the limit', () => {
  it('is halved by an overload, and never below one (T62)', () => {
    expect(adjustLimit(16, 'overload', 50)).toBe(8);
    expect(adjustLimit(1.5, 'overload', 50)).toBe(1);
  });

  it('grows by one for a full round of accepted evictions, up to the share', () => {
    const round = Array.from({ length: 8 }).reduce<number>((limit) => adjustLimit(limit, 'accepted', 50), 8);
    expect(round).toBeGreaterThan(8.9);
    expect(round).toBeLessThan(9.1);
    expect(adjustLimit(49.99, 'accepted', 50)).toBe(50);
    expect(adjustLimit(50, 'accepted', 50)).toBe(50);
  });
});
