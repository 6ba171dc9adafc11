import { describe, expect, it } from 'vitest';
import { isClaimedByOther, isUpToDate, stopRequest } from '../../../shared/lifecycle/claim.ts';
import { deadlineAnnotation, excludeLabel, type Mark, stopAnnotation } from '../../../shared/lifecycle/mark.ts';
import { aMark, aNode, minutes, now, seconds } from './builders.ts';

const mine = 'i-1-token';
const seen = (ago: number, mark: Partial<Mark> = {}) => aMark({ seenAt: new Date(now - ago).toISOString(), ...mark });

describe('a node that another drain works on', () => {
  it.each([
    ['is left to it', seen(0, { drain: 'other' }), true],
    ['is left to it for ten minutes after its last sign', seen(10 * minutes - 1, { drain: 'other' }), true],
    ['is taken over after that', seen(10 * minutes, { drain: 'other' }), false],
    ['is taken over once that drain has ended', seen(0, { drain: 'other', ended: 'drained' }), false],
    ['is not one that we work on ourselves', seen(0), false],
  ])('%s', (_case, mark, claimed) => {
    expect(isClaimedByOther(mark, mine, now)).toBe(claimed);
  });
});

describe('a mark needs no patch', () => {
  const marked = { unschedulable: true, labels: { [excludeLabel]: 'true' } };
  const noted = (ahead: number) => ({
    ...marked,
    annotations: { [deadlineAnnotation]: new Date(Date.parse(aMark().startedAt) + ahead).toISOString() },
  });

  it.each([
    ['while it says all there is to say', marked, seen(0), 0, true],
    ['unless another drain wrote it', marked, seen(0, { drain: 'other' }), 0, false],
    ['unless it says that the drain has ended', marked, seen(0, { ended: 'drained' }), 0, false],
    ['unless it says that the drain has not begun', marked, seen(0, { queued: true }), 0, false],
    ['unless someone has uncordoned the node', { ...marked, unschedulable: false }, seen(0), 0, false],
    ['unless someone has taken the label away', { ...marked, labels: {} }, seen(0), 0, false],
    ['for two minutes', marked, seen(2 * minutes - 1), 0, true],
    ['but is renewed then', marked, seen(2 * minutes), 0, false],
    ['for ten seconds while a sooner deadline is noted', noted(1), seen(10 * seconds - 1), 0, true],
    ['but is renewed then, for whoever noted it', noted(1), seen(10 * seconds), 0, false],
    ['for two minutes beside a deadline that was over before', noted(0), seen(2 * minutes - 1), 0, true],
    ['although the end has moved by less than five seconds', marked, seen(0), 4.999, true],
    ['unless the end has moved by more', marked, seen(0), 5, false],
    ['unless the end has come nearer by more', marked, seen(0), -5, false],
  ])('%s', (_case, node, mark, moved, upToDate) => {
    const endsAt = Date.parse(mark.endsAt) + moved * seconds;
    expect(isUpToDate(aNode(node), mark, mine, endsAt, now)).toBe(upToDate);
  });
});

it.each([
  ['complete', 'complete'],
  ['wait', 'wait'],
  ['please', undefined],
  [undefined, undefined],
])('the wish to stop %j is read as %s', (value, wish) => {
  expect(stopRequest(aNode({ annotations: value === undefined ? {} : { [stopAnnotation]: value } }))).toBe(wish);
});
