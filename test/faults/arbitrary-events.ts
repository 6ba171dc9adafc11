import fc from 'fast-check';
import { budgetRules, budgets, clusters, workloads } from './arbitrary-cluster.ts';
import { notices } from './arbitrary-notices.ts';
import { type CallEffect, callClasses, scalingCalls, type TimedEvent } from './event.ts';
import type { Scenario } from './scenario.ts';

/** Much happens at the start, the rest around force moments and deadlines. */
const at = fc.oneof(fc.nat(45), fc.nat(400), fc.nat(900));
const node = fc.nat(2);
const lasting = fc.constantFrom(10, 1, 60, 200, 600, 1_000);
const when = fc.constantFrom('before' as const, 'after' as const);

const latency = fc.constantFrom(2, 10, 20, 60).map((seconds): CallEffect => ({ do: 'latency', seconds }));
const reset = when.map((effect): CallEffect => ({ do: 'reset', effect }));
const kill = when.map((effect): CallEffect => ({ do: 'kill', effect }));
const freeze = fc.constantFrom(5, 30, 120, 280).map((seconds): CallEffect => ({ do: 'freeze', seconds }));
const answer = fc
  .tuple(fc.constantFrom(500, 401, 403, 409, 429, 503, 504), fc.constantFrom(undefined, 1, 15), when)
  .map(([status, wait, effect]): CallEffect => {
    // Refusals are given instead of the effect; only what stands between client and server fails after it.
    const given = { do: 'answer' as const, status, effect: status >= 500 ? effect : ('before' as const) };
    return status === 429 && wait !== undefined ? { ...given, retryAfter: wait } : given;
  });
const scalingAnswer = fc
  .tuple(fc.constantFrom(400, 503), when)
  .map(([status, effect]): CallEffect => ({ do: 'answer', status, effect: status === 400 ? 'before' : effect }));

const hits = {
  at,
  skip: fc.constantFrom(0, 0, 0, 1, 2, 5),
  times: fc.constantFrom(1, 1, 2, 5, 20, 1_000),
  forSeconds: lasting,
};
export const faults = fc.record({
  is: fc.constant('fault' as const),
  on: fc.constantFrom(...callClasses),
  effect: fc.oneof(reset, answer, latency, kill, freeze),
  ...hits,
});
export const scalingFaults = fc.record({
  is: fc.constant('scaling-fault' as const),
  on: fc.constantFrom(...scalingCalls, 'anything' as const),
  effect: fc.oneof(reset, scalingAnswer, latency, kill, freeze),
  ...hits,
});

const is = <T extends TimedEvent['is']>(name: T) => fc.constant(name);
const clusterEvents: fc.Arbitrary<TimedEvent>[] = [
  fc.record({ at, is: is('watches-dropped') }),
  fc.record({ at, is: is('watches-silent'), forSeconds: fc.constantFrom(30, 90) }),
  fc.record({ at, is: is('history-compacted') }),
  fc.record({ at, is: is('budget-edited'), budget: fc.nat(2), spec: budgetRules }),
  fc.record({ at, is: is('budget-removed'), budget: fc.nat(2) }),
  fc.record({ at, is: is('budget-added'), budget: budgets }),
  fc.record({ at, is: is('pod-arrives'), node, spec: workloads }),
  fc.record({ at, is: is('pods-elsewhere') }),
  fc.record({
    at,
    is: is('webhook'),
    denies: fc.constantFrom(400, 403, 429, 500, 'down' as const),
    forSeconds: lasting,
  }),
];
const nodeEvents: fc.Arbitrary<TimedEvent>[] = [
  fc.record({ at, is: is('node-deleted'), node }),
  fc.record({ at, is: is('node-uncordoned'), node }),
  fc.record({ at, is: is('node-annotated'), node }),
  fc.record({ at, is: is('node-silent'), node, forSeconds: fc.constantFrom(60, 600) }),
  fc.record({ at, is: is('stop-asked'), node, choice: fc.constantFrom('complete', 'wait') }),
  fc.record({ at, is: is('sooner-deadline'), node, inSeconds: fc.constantFrom(60, 0, 120, 400) }),
  fc.record({
    at,
    is: is('foreign-claim'),
    node,
    ageSeconds: fc.constantFrom(0, 500, 1_000),
    renewsFor: fc.constantFrom(0, 60, 400),
  }),
];
const machineEvents: fc.Arbitrary<TimedEvent>[] = [
  fc.record({ at, is: is('tick-killed'), node, noticedAfter: fc.constantFrom(0, 1, 60) }),
  fc.record({ at, is: is('tick-killed'), node, noticedAfter: fc.constantFrom(0, 1, 60) }),
  fc.record({ at, is: is('tick-frozen'), node, seconds: fc.constantFrom(10, 60, 250) }),
  fc.record({ at, is: is('tick-doubled'), node }),
  fc.record({ at, is: is('tick-doubled'), node }),
  fc.record({ at, is: is('tick-given-up'), node }),
  fc.record({ at, is: is('wait-overslept'), node, seconds: fc.constantFrom(60, 600, 3_600) }),
  fc.record({ at, is: is('clock-jump'), seconds: fc.constantFrom(60, 200, 600, 7_200) }),
  fc.record({ at, is: is('reports-fail'), forSeconds: lasting }),
  fc.record({ at, is: is('reports-lost') }),
];
const instanceEvents: fc.Arbitrary<TimedEvent>[] = [
  fc.record({ at, is: is('hook-resolved'), node }),
  fc.record({
    at,
    is: is('instance-returns'),
    node,
    to: fc.constantFrom('InService', 'InService', 'Standby', 'Warmed:Stopped'),
  }),
];

const events = fc.oneof(
  { weight: 10, arbitrary: faults },
  { weight: 3, arbitrary: scalingFaults },
  { weight: 6, arbitrary: fc.oneof(...clusterEvents) },
  { weight: 4, arbitrary: fc.oneof(...nodeEvents) },
  { weight: 5, arbitrary: fc.oneof(...machineEvents) },
  { weight: 1, arbitrary: fc.oneof(...instanceEvents) },
);

export const scenarios: fc.Arbitrary<Scenario> = fc
  .tuple(clusters, fc.array(events, { maxLength: 10 }), notices, fc.constantFrom(false, false, true))
  .map(([cluster, list, said, retains]) => ({ ...cluster, events: list, notices: said, retains }));
