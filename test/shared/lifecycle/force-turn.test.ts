import { describe, expect, it } from 'vitest';
import { type ForceTurn, isTurnOver, readTurn, turnAnnotations } from '../../../shared/lifecycle/force-turn.ts';
import { now, seconds } from './builders.ts';

const turn: ForceTurn = { podUid: 'uid-web-1', namespace: 'default', name: 'web-1', healthyBefore: 2, at: now };

describe('the next pod of a budget may be deleted past it', () => {
  it.each([
    ['when the replacement is Ready', 5, true, 2, true],
    ['when more are healthy than before', 60, true, 3, true],
    ['not while the replacement is not Ready', 60, true, 1, false],
    ['not while the one before is still there', 60, false, 3, false],
    ['not before its deletion can have been counted', 4.999, true, 2, false],
    ['when 5 minutes have passed, however things stand', 300, false, 0, true],
    ['not a moment sooner', 299.999, false, 0, false],
  ])('%s', (_case, after, podGone, currentHealthy, over) => {
    const budget = { currentHealthy, generation: 2, observedGeneration: 2 };
    expect(isTurnOver(turn, podGone, budget, now + after * seconds)).toBe(over);
  });

  it.each([
    ['could not count its pods', { generation: 2, observedGeneration: 2, syncFailure: 'no controller' }],
    ['was not processed since it was edited', { generation: 3, observedGeneration: 2 }],
  ])('only after 5 minutes when the budget %s: its numbers are those of before', (_case, stale) => {
    const budget = { currentHealthy: 2, ...stale };
    expect(isTurnOver(turn, true, budget, now + 299 * seconds)).toBe(false);
    expect(isTurnOver(turn, true, budget, now + 300 * seconds)).toBe(true);
  });
});

describe("a turn in the annotations of a budget's Lease", () => {
  it('reads back as it was written', () => {
    expect(readTurn(turnAnnotations(turn), now)).toEqual(turn);
  });

  it.each([
    ['no pod', { 'eks-node-lifecycle.io/pod-uid': 'u', 'eks-node-lifecycle.io/healthy-before': '2' }],
    ['no UID', { ...turnAnnotations(turn), 'eks-node-lifecycle.io/pod-uid': '' }],
    ['no namespace', { ...turnAnnotations(turn), 'eks-node-lifecycle.io/pod': '/web-1' }],
    ['no name', { ...turnAnnotations(turn), 'eks-node-lifecycle.io/pod': 'default' }],
    ['no count', { ...turnAnnotations(turn), 'eks-node-lifecycle.io/healthy-before': 'many' }],
    ['nothing', {}],
  ])('is none when there is %s', (_case, annotations) => {
    expect(readTurn(annotations, now)).toBeUndefined();
  });
});
