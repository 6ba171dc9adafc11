import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide, type Observation, type Step } from '../../../shared/lifecycle/decide.ts';
import type { BudgetView } from '../../../shared/lifecycle/node.ts';
import type { PodView } from '../../../shared/lifecycle/pod.ts';
import type { DrainPolicy } from '../../../shared/lifecycle/policy.ts';
import { tierOf } from '../../../shared/lifecycle/tiers.ts';
import { anySituation, type Situation } from './any-observation.ts';
import { now } from './builders.ts';

function holds(check: (situation: Situation & { steps: Step[] }) => void, situations = anySituation()): void {
  fc.assert(
    fc.property(situations, (situation) => {
      check({ ...situation, steps: decide(situation.seen, situation.policy, now).steps });
    }),
    { numRuns: 150 },
  );
}

const forceMoment = (pod: PodView, { deadlineAt }: Observation, { graceCapSeconds }: DrainPolicy) =>
  deadlineAt - (Math.min(pod.graceSeconds, graceCapSeconds ?? pod.graceSeconds) + 30) * 1000;
const selectedBy = ({ namespace, selector }: BudgetView) => {
  const app = selector?.matchLabels.app;
  return (pod: PodView) => pod.namespace === namespace && (app === undefined || pod.labels.app === app);
};
const inFlight = ({ pods, attempts }: Observation) =>
  pods.map(({ pod }) => pod).filter((pod) => attempts.get(pod.uid)?.inFlight);

test('no pod has two requests in flight', () => {
  holds(({ seen, steps }) => {
    const asked = [...inFlight(seen), ...steps.map(({ pod }) => pod)].map(({ uid }) => uid);
    expect(new Set(asked).size).toBe(asked.length);
  });
});

test('a pod is deleted past its budgets only when that is the policy and an eviction was refused past its force moment', () => {
  holds(({ seen, policy, steps }) => {
    for (const step of steps.filter(({ do: verb }) => verb === 'force')) {
      const attempt = seen.attempts.get(step.pod.uid);
      expect(policy.onDeadline).toBe('force');
      expect(attempt?.refusedAt).toBeGreaterThanOrEqual(forceMoment(step.pod, seen, policy));
      expect(attempt?.forceNotBefore).toBeLessThanOrEqual(now);
    }
  });
});

test('a grace that is sent is whole seconds, and at least one', () => {
  holds(({ steps }) => {
    for (const { graceSeconds } of steps) {
      if (graceSeconds === undefined) continue;
      expect(graceSeconds).toBeGreaterThanOrEqual(1);
      expect(graceSeconds % 1).toBe(0);
    }
  });
});

test("a pod is never given more than its own grace, nor more than the policy's cap", () => {
  holds(({ policy, steps }) => {
    for (const { pod, graceSeconds } of steps.filter(({ pod }) => pod.deletionAt === undefined)) {
      const most = Math.min(pod.graceSeconds, policy.graceCapSeconds ?? pod.graceSeconds);
      expect(graceSeconds ?? pod.graceSeconds).toBeLessThanOrEqual(Math.max(1, most));
    }
  });
});

test('a forced delete, and an eviction past the force moment, leave no time after the end, or one second', () => {
  holds(({ seen, policy, steps }) => {
    const late = ({ pod }: Step) => now >= forceMoment(pod, seen, policy) && policy.onDeadline === 'force';
    for (const { pod, graceSeconds = 0 } of steps.filter(late)) {
      const latest = Math.max(seen.endsAt, now + 1000);
      if (pod.deletionAt === undefined) expect(now + graceSeconds * 1000).toBeLessThanOrEqual(latest);
      // The server counts from its own first request, in whole seconds; a grace of one second is the least it takes.
      const askedAt = (pod.deletionAt ?? now) - (pod.deletionGraceSeconds ?? 0) * 1000;
      if (graceSeconds > 1) expect(askedAt + graceSeconds * 1000).toBeLessThan(latest + 1000);
    }
  });
});

test('never more requests are in flight than the limit', () => {
  holds(({ seen, steps }) => {
    if (steps.length === 0) return;
    expect(inFlight(seen).length + steps.length).toBeLessThanOrEqual(Math.max(1, Math.floor(seen.inFlightLimit)));
  });
});

test('at most max(1, disruptionsAllowed) requests are in flight for a budget', () => {
  holds(({ seen, steps }) => {
    for (const budget of seen.budgets) {
      const asked = steps.map(({ pod }) => pod).filter(selectedBy(budget));
      const all = [...inFlight(seen).filter(selectedBy(budget)), ...asked];
      if (asked.length > 0) expect(all.length).toBeLessThanOrEqual(Math.max(1, budget.disruptionsAllowed));
    }
  });
});

test('a pod that stays, is ignored, is stuck or bounces is left alone', () => {
  holds(({ seen, steps }) => {
    const mayGo = seen.pods.filter(({ verdict }) => verdict.kind === 'evict' || verdict.kind === 'wait');
    for (const { pod } of steps) expect(mayGo.map((each) => each.pod)).toContain(pod);
  });
});

test('a pod that waits is asked past its force moment only, and never when someone asked for the drain', () => {
  holds(({ seen, policy, steps }) => {
    const waiting = seen.pods.filter(({ pod, verdict }) => verdict.kind === 'wait' && pod.deletionAt === undefined);
    for (const { pod } of steps.filter((step) => waiting.some((each) => each.pod === step.pod))) {
      expect(policy.mode).toBe('hook');
      expect(now).toBeGreaterThanOrEqual(forceMoment(pod, seen, policy));
    }
  });
});

test('nothing is done while one pod is blocked', () => {
  const withBlocked = anySituation(fc.constantFrom('block', 'evict', 'wait', 'stay')).filter(({ seen }) =>
    seen.pods.some(({ verdict }) => verdict.kind === 'block'),
  );
  holds(({ steps }) => expect(steps).toEqual([]), withBlocked);
});

test('a pod whose force moment is still to come goes only when no pod of a lower tier is left', () => {
  holds(({ seen, policy, steps }) => {
    const { left } = decide(seen, policy, now);
    const lowest = Math.min(...left.map(({ pod }) => tierOf(pod)));
    for (const { pod } of steps) if (now < forceMoment(pod, seen, policy)) expect(tierOf(pod)).toBe(lowest);
  });
});

test('something is under way whenever a pod of the lowest tier may be evicted', () => {
  holds(({ seen, policy, steps }) => {
    const { left } = decide(seen, policy, now);
    const lowest = Math.min(...left.map(({ pod }) => tierOf(pod)));
    const ready = left.filter(({ pod, verdict }) => {
      const notBefore = seen.attempts.get(pod.uid)?.notBefore ?? 0;
      return verdict.kind === 'evict' && pod.deletionAt === undefined && tierOf(pod) === lowest && notBefore <= now;
    });
    if (ready.length > 0) expect(inFlight(seen).length + steps.length).toBeGreaterThan(0);
  });
});

test('what falls due is still to come', () => {
  holds(({ seen, policy }) => {
    const { dueAt, forceAt } = decide(seen, policy, now);
    expect(Math.min(dueAt ?? now + 1, forceAt ?? now + 1)).toBeGreaterThan(now);
  });
});

test('the same observation gives the same steps, and is left as it was', () => {
  holds(({ seen, policy, steps }) => {
    const copy = structuredClone(seen);
    expect(decide(copy, policy, now).steps).toEqual(steps);
    expect(copy).toEqual(seen);
  });
});
