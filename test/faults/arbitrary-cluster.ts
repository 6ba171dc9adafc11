import fc from 'fast-check';
import { type BudgetSpec, kinds, type NodeSpec, type Scenario, type WorkloadSpec, wishes } from './scenario.ts';

/** fast-check shrinks towards the first of each: a plain Deployment, one node, no wishes. */
const absent = undefined;
const rarely = fc.constantFrom<true | undefined>(absent, absent, absent, absent, absent, true);

export const workloads: fc.Arbitrary<WorkloadSpec> = fc
  .record({
    kind: fc.constantFrom(...kinds.slice(0, 2), ...kinds.slice(0, 2), ...kinds),
    replicas: fc.integer({ min: 1, max: 4 }),
    wish: fc.constantFrom(absent, absent, absent, absent, ...wishes),
    order: fc.constantFrom(absent, absent, absent, -1, 1),
    priority: fc.constantFrom(absent, absent, absent, absent, 'system-cluster-critical', 'system-node-critical'),
    graceSeconds: fc.constantFrom(30, 1, 5, 100, 600),
    stopSeconds: fc.constantFrom(1, 0, 20, 'never'),
    readySeconds: fc.constantFrom(1, 1, 1, 10, 100, 'never'),
    emptyDir: rarely,
    finalizer: rarely,
    volume: rarely,
    tolerates: rarely,
    terminating: rarely,
  })
  .map((spec) => compact(spec) as unknown as WorkloadSpec);

export const budgetRules: fc.Arbitrary<BudgetSpec['spec']> = fc.oneof(
  fc.constantFrom(0, 0, 1, 2, '50%').map((maxUnavailable) => ({ maxUnavailable })),
  fc.constantFrom(1, 0, 2, 10, '50%', '100%').map((minAvailable) => ({ minAvailable })),
);

export const budgets: fc.Arbitrary<BudgetSpec> = fc
  .record({
    of: fc.integer({ min: 0, max: 5 }),
    spec: budgetRules,
    alwaysAllow: rarely,
  })
  .map((spec) => compact(spec) as unknown as BudgetSpec);

const nodes: fc.Arbitrary<NodeSpec> = fc.record({
  group: fc.integer({ min: 0, max: 1 }),
  terminatesAt: fc.constantFrom(0, 0, 3, 40),
  cordoned: fc.constantFrom(false, false, false, true),
  labelled: fc.constantFrom(false, false, false, true),
});

export const clusters: fc.Arbitrary<Omit<Scenario, 'events' | 'notices' | 'retains'>> = fc.record({
  random: fc.nat(1_000_000),
  policy: fc.record({
    deadlineSeconds: fc.constantFrom(200, 120, 400, 900),
    onDeadline: fc.constantFrom('force', 'force', 'force', 'force', 'continue', 'abandon'),
    graceCapSeconds: fc.constantFrom(absent, absent, 20),
    maxInFlight: fc.constantFrom(50, 1, 3, 8),
    daemonSets: fc.constantFrom('stay', 'stay', 'evict-last'),
  }),
  groups: fc.array(fc.record({ heartbeatSeconds: fc.constantFrom(1800, 300, 60, 30) }), { minLength: 2, maxLength: 2 }),
  nodes: fc.array(nodes, { minLength: 1, maxLength: 3 }),
  spares: fc.integer({ min: 0, max: 2 }).map((left) => 2 - left),
  workloads: fc.array(workloads, { minLength: 1, maxLength: 5 }),
  budgets: fc.array(budgets, { maxLength: 3 }),
  networkMilliseconds: fc.constantFrom(0, 20, 300),
  skewMilliseconds: fc.constantFrom(0, 0, 250),
});

/** Without the fields that are undefined: they are noise in what is printed. */
function compact<T extends object>(spec: T): T {
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined)) as T;
}
