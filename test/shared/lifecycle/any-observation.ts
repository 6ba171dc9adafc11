import fc from 'fast-check';
import type { Attempt } from '../../../shared/lifecycle/attempt.ts';
import type { JudgedPod, Observation } from '../../../shared/lifecycle/decide.ts';
import type { BudgetView } from '../../../shared/lifecycle/node.ts';
import type { DrainPolicy } from '../../../shared/lifecycle/policy.ts';
import type { VerdictKind } from '../../../shared/lifecycle/verdict.ts';
import { aBudget, anAttempt, aPolicy, aRefusal, aSelector, judged, now } from './builders.ts';

const around = (seconds: number) => fc.integer({ min: -seconds * 1000, max: seconds * 1000 }).map((by) => now + by);
const graceSeconds = fc.oneof(fc.constant(30), fc.integer({ min: 0, max: 900 }));
const namespace = fc.constantFrom('default', 'other');
const app = fc.constantFrom('web', 'db');

const queue = fc.constantFrom<Partial<JudgedPod['pod']>>(
  {},
  { annotations: { 'eks-node-lifecycle.io/drain-order': '-5' } },
  { annotations: { 'eks-node-lifecycle.io/drain-order': '6' } },
  { priorityClassName: 'system-cluster-critical' },
  { priorityClassName: 'system-node-critical' },
);

function anyJudged(kind: fc.Arbitrary<VerdictKind>): fc.Arbitrary<JudgedPod[]> {
  const deletion = fc.option(fc.record({ deletionAt: around(1200), deletionGraceSeconds: graceSeconds }), { freq: 4 });
  const one = fc.tuple(kind, queue, fc.record({ namespace, app, graceSeconds }), deletion);
  return fc
    .array(one, { maxLength: 8 })
    .map((all) =>
      all.map(([verdict, place, { app, ...view }, going], index) =>
        judged(verdict, { name: `pod-${index}`, labels: { app }, ...place, ...view, ...going }),
      ),
    );
}

const anyAttempt: fc.Arbitrary<Attempt> = fc.oneof(
  fc.constant(anAttempt({ inFlight: true })),
  fc.record({ notBefore: around(90), forceNotBefore: around(90), triedAt: around(900) }).map(anAttempt),
  fc
    .record({ at: around(900), notBefore: around(90), forceNotBefore: around(90), inFlight: fc.boolean() })
    .map(({ at, ...rest }) => aRefusal(at, rest)),
);

const anyBudget: fc.Arbitrary<BudgetView> = fc
  .record({ namespace, app: fc.option(app), disruptionsAllowed: fc.integer({ min: -1, max: 3 }) })
  .map(({ namespace, app, disruptionsAllowed }) =>
    aBudget({ name: app ?? 'all', namespace, disruptionsAllowed, selector: aSelector(app === null ? {} : { app }) }),
  );

const anyPolicy: fc.Arbitrary<DrainPolicy> = fc
  .record({
    mode: fc.constantFrom('hook', 'manual'),
    onDeadline: fc.constantFrom('force', 'force', 'continue', 'abandon', 'stop'),
    graceCapSeconds: fc.option(fc.integer({ min: 1, max: 120 }), { nil: undefined }),
  })
  .map(aPolicy);

export interface Situation {
  seen: Observation;
  policy: DrainPolicy;
}

/** Any pods, attempts and budgets, around any deadline; by default none of the pods forbids the drain. */
export function anySituation(
  kind: fc.Arbitrary<VerdictKind> = fc.constantFrom(
    'evict',
    'evict',
    'evict',
    'wait',
    'stay',
    'ignore',
    'stuck',
    'bounce',
  ),
): fc.Arbitrary<Situation> {
  const attempt = fc.option(anyAttempt, { freq: 3 });
  return fc
    .record({
      pods: anyJudged(kind),
      attempts: fc.array(attempt, { minLength: 8, maxLength: 8 }),
      budgets: fc.uniqueArray(anyBudget, { selector: ({ namespace, name }) => `${namespace}/${name}`, maxLength: 4 }),
      inFlightLimit: fc.double({ min: 0, max: 9, noNaN: true }),
      deadlineAt: around(1200),
      movedSeconds: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 600 })),
      policy: anyPolicy,
    })
    .map(({ pods, attempts, movedSeconds, policy, deadlineAt, ...rest }) => {
      const tried = pods.flatMap(({ pod }, index) => {
        const known = attempts[index];
        return known ? [[pod.uid, known] as const] : [];
      });
      const endsAt = deadlineAt + movedSeconds * 1000;
      return { seen: { ...rest, pods, attempts: new Map(tried), deadlineAt, endsAt }, policy };
    });
}
