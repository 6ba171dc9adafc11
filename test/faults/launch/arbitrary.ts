import fc from 'fast-check';
import { faults, scalingFaults } from '../arbitrary-events.ts';
import type { LaunchEvent, LaunchScenario, MarkSpec, TaintSpec } from './scenario.ts';

const at = fc.oneof(fc.nat(45), fc.nat(120), fc.nat(400));
const is = <T extends LaunchEvent['is']>(name: T) => fc.constant(name);
const lasting = fc.constantFrom(10, 1, 60, 200, 600);

const template: TaintSpec = { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' };
const foreign: TaintSpec = { key: 'example.com/starting', effect: 'NoExecute' };
const bothOurs = { label: true, cordon: true };

const marks = fc.record({
  is: fc.constantFrom('ended' as const, 'ended' as const, 'dead' as const, 'alive' as const),
  ours: fc.constantFrom(bothOurs, bothOurs, { label: true, cordon: false }, { label: false, cordon: true }),
});

const nodes = fc
  .record({
    appearsAt: fc.constantFrom(5, 0, 30, 100, 250, 'never' as const),
    readyAfter: fc.constantFrom(1, 1, 30, 100, 'never' as const),
    startUpTaint: fc.constantFrom(true, true, false),
    labels: fc.constantFrom({}, {}, { pool: 'other' }, { team: 'someone else' }),
    taints: fc.constantFrom<TaintSpec[]>(
      [],
      [],
      [foreign],
      [{ ...template, value: 'cpu' }],
      [{ ...template, effect: 'NoExecute' }],
    ),
    cordoned: fc.constantFrom(false, false, false, true),
    namesake: fc.constantFrom(false, false, false, true),
    mark: fc
      .constantFrom<(MarkSpec | undefined)[]>(undefined, undefined)
      .chain((none) => fc.oneof(fc.constant(none), marks)),
  })
  .map(({ mark, ...node }) => ({ ...node, ...(mark ? { mark } : {}) }));

const clusters: fc.Arbitrary<Omit<LaunchScenario, 'events'>> = fc.record({
  random: fc.nat(1_000_000),
  policy: fc.record({
    deadlineSeconds: fc.constantFrom(360, 200, 900),
    joinBeforeWarmPool: fc.boolean(),
  }),
  hook: fc.record({
    heartbeatSeconds: fc.constantFrom(300, 1800, 60, 30),
    defaultResult: fc.constantFrom('CONTINUE', 'CONTINUE', 'ABANDON'),
  }),
  way: fc.constantFrom('to-group', 'to-group', 'out-of-pool', 'out-of-pool', 'to-pool'),
  labels: fc.constantFrom<Record<string, string>[]>({}, { pool: 'web' }, { pool: 'web', 'example.com/tier': '' }),
  taints: fc.constantFrom<TaintSpec[]>([], [template], [template, { key: 'example.com/only', effect: 'NoExecute' }]),
  abandonedBefore: fc.constantFrom<(number | 'unknown')[]>(0, 0, 2, 3, 'unknown'),
  node: nodes,
  sets: fc
    .tuple(fc.constantFrom(1, 1, 20, 90, 'never' as const), fc.constantFrom(1, 1, 40, undefined))
    .map(([network, proxy]) => ({ 'aws-node': network, ...(proxy === undefined ? {} : { 'kube-proxy': proxy }) })),
  networkMilliseconds: fc.constantFrom(0, 20, 300),
  skewMilliseconds: fc.constantFrom(0, 0, 250),
});

const kills: fc.Arbitrary<LaunchEvent> = fc.oneof(
  fc.record({ at, is: is('tick-killed'), node: fc.constant(0), noticedAfter: fc.constantFrom(0, 1, 60) }),
  fc.record({ at, is: is('tick-doubled'), node: fc.constant(0) }),
  fc.record({ at, is: is('tick-given-up'), node: fc.constant(0) }),
  faults.map(
    (fault) =>
      ({
        ...fault,
        times: Math.min(3, fault.times),
        effect: { do: 'kill', effect: fault.skip % 2 ? 'before' : 'after' },
      }) as const,
  ),
  scalingFaults.map(
    (fault) =>
      ({
        ...fault,
        times: Math.min(3, fault.times),
        effect: { do: 'kill', effect: fault.skip % 2 ? 'before' : 'after' },
      }) as const,
  ),
);

const others: fc.Arbitrary<LaunchEvent> = fc.oneof(
  fc.record({ at, is: is('node-deleted'), backAfter: fc.constantFrom(5, 1, 60, 'never' as const) }),
  fc.record({ at, is: is('node-flaps'), to: fc.constantFrom('False', 'Unknown'), forSeconds: lasting }),
  fc.record({
    at,
    is: is('node-edited'),
    what: fc.constantFrom('label', 'annotation', 'taint', 'cordon', 'uncordon', 'template-label', 'template-taint'),
    times: fc.constantFrom(1, 3, 60),
  }),
  fc.record({
    at,
    is: is('node-edited'),
    what: fc.constantFrom('label', 'annotation'),
    times: fc.constantFrom(60, 10),
  }),
  fc.record({ at, is: is('pod-fails'), set: fc.constantFrom('aws-node', 'kube-proxy'), forSeconds: lasting }),
  fc.record({ at, is: is('drain-begins'), ends: fc.boolean() }),
  fc.record({ at, is: is('hook-resolved'), result: fc.constantFrom('CONTINUE', 'CONTINUE', 'ABANDON') }),
  fc.record({ at, is: is('instance-dies') }),
);

const stage: fc.Arbitrary<LaunchEvent> = fc.oneof(
  fc.record({ at, is: is('watches-dropped') }),
  fc.record({ at, is: is('watches-silent'), forSeconds: fc.constantFrom(30, 90) }),
  fc.record({ at, is: is('history-compacted') }),
  fc.record({ at, is: is('clock-jump'), seconds: fc.constantFrom(60, 200, 600, 7_200) }),
  fc.record({ at, is: is('tick-frozen'), node: fc.constant(0), seconds: fc.constantFrom(10, 60, 250) }),
  fc.record({ at, is: is('wait-overslept'), node: fc.constant(0), seconds: fc.constantFrom(60, 600) }),
);

const events = fc.oneof(
  { weight: 6, arbitrary: faults as fc.Arbitrary<LaunchEvent> },
  { weight: 3, arbitrary: scalingFaults as fc.Arbitrary<LaunchEvent> },
  { weight: 6, arbitrary: others },
  { weight: 3, arbitrary: stage },
  { weight: 3, arbitrary: kills },
);

/** In one of four nothing but kills, so that what comes of it can be held against a run without them. */
export const launches: fc.Arbitrary<LaunchScenario> = fc
  .tuple(
    clusters,
    fc.oneof(
      { weight: 3, arbitrary: fc.array(events, { maxLength: 6 }) },
      { weight: 1, arbitrary: fc.array(kills, { minLength: 1, maxLength: 4 }) },
    ),
  )
  .map(([cluster, list]) => ({ ...cluster, events: list }));
