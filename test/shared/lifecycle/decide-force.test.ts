import { describe, expect, it } from 'vitest';
import { decide, type Observation, type Step } from '../../../shared/lifecycle/decide.ts';
import type { DrainPolicy } from '../../../shared/lifecycle/policy.ts';
import { aBudget, aManualPolicy, anObservation, aPolicy, aRefusal, judged, now, seconds } from './builders.ts';

const say = ({ do: verb, pod, graceSeconds }: Step) =>
  `${verb} ${pod.name}${graceSeconds === undefined ? '' : ` in ${graceSeconds} s`}`;
const stepsAt = (at: number, seen: Observation, policy: DrainPolicy = aPolicy()) =>
  decide(seen, policy, at).steps.map(say);

/** Its force moment is `now`: 60 s of grace, 90 s left. */
const deadlineAt = now + 90 * seconds;
const pod = { graceSeconds: 60 };
const refusedAt = (at: number, rest = {}) => ({ deadlineAt, attempts: { 'uid-web-1': aRefusal(at, rest) } });

describe('the force moment', () => {
  it('has the eviction API asked first, whatever the clock says', () => {
    expect(stepsAt(now + 60 * seconds, anObservation([judged('evict', pod)], { deadlineAt }))).toEqual([
      'evict web-1 in 30 s',
    ]);
  });

  it('has it asked at once, although the last refusal is recent', () => {
    const seen = anObservation([judged('evict', pod)], refusedAt(now - seconds));
    expect(decide(seen, aPolicy(), now - seconds)).toMatchObject({ steps: [], dueAt: now });
    expect(stepsAt(now, seen)).toEqual(['evict web-1 in 60 s']);
  });

  it('is not a reason to delete before it (T95)', () => {
    expect(stepsAt(now - 1, anObservation([judged('evict', pod)], refusedAt(now - 31 * seconds)))).toEqual([
      'evict web-1',
    ]);
  });

  it('has a pod deleted whose eviction was refused after it (T95 T99)', () => {
    const budgets = [aBudget({ disruptionsAllowed: 0 }), aBudget({ namespace: 'other' })];
    const seen = anObservation([judged('evict', pod)], { ...refusedAt(now), budgets });
    const [step] = decide(seen, aPolicy(), now + seconds).steps;
    expect(step).toMatchObject({ do: 'force', graceSeconds: 60 });
  });

  it.each([
    [1, 60],
    [45, 45],
    [89, 1],
    [95, 1],
  ])('%i s ago leaves max(1, what is left): %i s', (after, graceSeconds) => {
    const seen = anObservation([judged('evict', pod)], refusedAt(now));
    expect(stepsAt(now + after * seconds, seen)).toEqual([`force web-1 in ${graceSeconds} s`]);
  });

  it('lets a pod skip the queue', () => {
    const critical = judged('evict', { name: 'dns', priorityClassName: 'system-cluster-critical', graceSeconds: 60 });
    const seen = anObservation([judged('evict', { graceSeconds: 5 }), critical], { deadlineAt });
    expect(stepsAt(now - 1, seen)).toEqual(['evict web-1']);
    expect(stepsAt(now, seen)).toEqual(['evict web-1', 'evict dns in 60 s']);
  });

  it('waits for the turn of its budget, and asks the eviction API meanwhile', () => {
    const seen = anObservation([judged('evict', pod)], refusedAt(now, { forceNotBefore: now + 40 * seconds }));
    expect(decide(seen, aPolicy(), now + 20 * seconds)).toMatchObject({ steps: [], dueAt: now + 30 * seconds });
    expect(stepsAt(now + 30 * seconds, seen)).toEqual(['evict web-1 in 60 s']);
    const sooner = anObservation([judged('evict', pod)], refusedAt(now, { forceNotBefore: now + 5 * seconds }));
    expect(decide(sooner, aPolicy(), now + seconds)).toMatchObject({ steps: [], dueAt: now + 5 * seconds });
    expect(stepsAt(now + 5 * seconds, sooner)).toEqual(['force web-1 in 60 s']);
  });

  it('leaves time until the end, where that has moved', () => {
    const seen = { ...anObservation([judged('evict', pod)], refusedAt(now)), endsAt: deadlineAt + 300 * seconds };
    expect(stepsAt(deadlineAt, seen)).toEqual(['force web-1 in 60 s']);
  });
});

describe('a pod that waits', () => {
  const waiting = anObservation([judged('wait', { graceSeconds: 300 })], { deadlineAt: now + 330 * seconds });

  it('is evicted at its force moment when the instance is going away (T94)', () => {
    expect(decide(waiting, aPolicy(), now - 1)).toMatchObject({ steps: [], dueAt: now, forceAt: now });
    expect(decide(waiting, aPolicy(), now).forceAt).toBeUndefined();
    expect(stepsAt(now, waiting)).toEqual(['evict web-1 in 300 s']);
  });

  it('is evicted at once when the deadline is nearer than its grace (T94)', () => {
    expect(stepsAt(now + 30 * seconds, waiting)).toEqual(['evict web-1 in 300 s']);
    expect(stepsAt(now + 31 * seconds, waiting)).toEqual(['evict web-1 in 299 s']);
  });

  it('is never evicted when someone asked', () => {
    expect(stepsAt(now + 330 * seconds, waiting, aManualPolicy({ onDeadline: 'force' }))).toEqual([]);
  });
});

describe('at the deadline', () => {
  const refused = anObservation([judged('evict', pod)], refusedAt(now));

  it.each(['continue', 'abandon', 'stop'] as const)(
    '`onDeadline: %s` never deletes, and asks again with its delay',
    (onDeadline) => {
      expect(decide(refused, aPolicy({ onDeadline }), now + seconds)).toMatchObject({
        steps: [],
        dueAt: now + 30 * seconds,
      });
      expect(stepsAt(now + 30 * seconds, refused, aPolicy({ onDeadline }))).toEqual(['evict web-1']);
    },
  );

  it('a manual drain stops by default: no budget is bypassed', () => {
    expect(stepsAt(now + 30 * seconds, refused, aManualPolicy())).toEqual(['evict web-1']);
  });
});

describe('a terminating pod', () => {
  const terminating = (left: number) =>
    anObservation(
      [judged('wait', { graceSeconds: 60, deletionAt: now + left * seconds, deletionGraceSeconds: 6000 })],
      {
        deadlineAt,
      },
    );

  it('that would outlive the end is evicted again with what is left, from its force moment (T97)', () => {
    expect(stepsAt(now - 1, terminating(5900))).toEqual([]);
    expect(stepsAt(now, terminating(5900))).toEqual(['evict web-1 in 190 s']);
  });

  it('is deleted with that when the eviction is refused (T97)', () => {
    const seen = { ...terminating(5900), attempts: new Map([['uid-web-1', aRefusal(now)]]) };
    expect(stepsAt(now, seen)).toEqual(['force web-1 in 190 s']);
  });

  it('that is over by the end is left to itself', () => {
    expect(stepsAt(now + 30 * seconds, terminating(92))).toEqual([]);
    expect(stepsAt(now + 30 * seconds, terminating(92.001))).toHaveLength(1);
  });

  it('is left to itself where pods left at the deadline are', () => {
    expect(stepsAt(now + 30 * seconds, terminating(5900), aPolicy({ onDeadline: 'continue' }))).toEqual([]);
  });

  it('whose DaemonSet is gone is not evicted a second time', () => {
    const orphan = judged('evict', { deletionAt: now + 20 * seconds, deletionGraceSeconds: 30 });
    expect(stepsAt(now, anObservation([orphan]))).toEqual([]);
  });

  it('that would outlive the end is left alone until its force moment, whatever its verdict', () => {
    const [going] = terminating(5900).pods;
    const seen = anObservation([judged('evict', going?.pod)], { deadlineAt });
    expect(stepsAt(now - 1, seen)).toEqual([]);
    expect(stepsAt(now, seen)).toHaveLength(1);
  });
});
