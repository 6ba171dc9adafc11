import { type EventOf, scalingCalls, type WorldEvent } from './event.ts';
import { budgetManifest, namespace, workloadManifests } from './manifests.ts';
import type { BudgetSpec, WorkloadSpec } from './scenario.ts';
import { nodeNameOf, type World } from './world.ts';

const elsewhere: WorkloadSpec = { kind: 'Deployment', replicas: 3, graceSeconds: 30, stopSeconds: 1, readySeconds: 1 };

/** What each event that is about no drain of its own does. */
export const actOnWorld: { [Name in WorldEvent['is']]: (world: World, event: EventOf<Name>) => void } = {
  fault(world, event) {
    const matches = (call: string) => event.on === 'anything' || call === event.on;
    world.kubeFaults.add({ ...event, matches, until: after(world, event.forSeconds) });
  },
  'scaling-fault'(world, event) {
    const matches = (call: string) =>
      call === event.on || (event.on === 'anything' && scalingCalls.includes(call as never));
    world.scalingFaults.add({ ...event, matches, until: after(world, event.forSeconds) });
  },
  'watches-dropped': ({ cluster }) => cluster.dropWatches(),
  'watches-silent'(world, { forSeconds }) {
    world.watchesSilentUntil = after(world, forSeconds);
  },
  'history-compacted': ({ cluster }) => cluster.compact(),
  'clock-jump': ({ clock }, { seconds }) => clock.jump(seconds * 1000),
  'budget-edited': (world, { budget, spec }) => editBudget(world, budget, (before) => ({ ...before, spec })),
  'budget-removed': (world, { budget }) => editBudget(world, budget, () => undefined),
  'budget-added'({ cluster, scenario }, { budget }) {
    cluster.apply(budgetManifest('added', budget, scenario.workloads.length));
  },
  'pods-elsewhere': ({ cluster }) => cluster.apply(workloadManifests('elsewhere', elsewhere, '')),
  'pod-arrives'({ cluster, clock, scenario }, event) {
    const nodeName = nodeNameOf(event.node % scenario.nodes.length);
    if (!cluster.get('nodes', nodeName)) return;
    for (const manifest of workloadManifests(`late-${clock.now()}`, event.spec, nodeName)) {
      // Bound past the scheduler, as one does that names its node.
      const template = (manifest.spec as { template?: { spec: object } } | undefined)?.template;
      if (template) template.spec = { ...template.spec, nodeName };
      cluster.apply(manifest);
    }
  },
  webhook(world, { denies, forSeconds }) {
    const { webhooks } = world.cluster;
    const webhook: (typeof webhooks)[number] = {
      name: 'deny.example.com',
      failurePolicy: 'Fail',
      match: ({ resource }) => resource === 'pods/eviction',
      answer: () => (denies === 'down' ? 'down' : { deny: 'not now', code: denies }),
    };
    webhooks.push(webhook);
    void world.sleep(forSeconds).then(() => webhooks.splice(webhooks.indexOf(webhook), 1));
  },
  'reports-fail'(world, { forSeconds }) {
    world.reportsFailUntil = after(world, forSeconds);
  },
  'reports-lost': ({ reports }) => reports.clear(),
};

function after({ clock }: World, seconds: number): number {
  return clock.now() + seconds * 1000;
}

function editBudget(
  { cluster, scenario }: World,
  index: number,
  edit: (budget: BudgetSpec) => BudgetSpec | undefined,
): void {
  const name = `b${index}`;
  const budget = scenario.budgets[index];
  if (!budget || !cluster.get('poddisruptionbudgets', name, namespace)) return;
  const edited = edit(budget);
  if (edited) cluster.apply(budgetManifest(name, edited, scenario.workloads.length));
  else cluster.remove('poddisruptionbudgets', name, namespace);
}
