import { createScalingGroups } from '../../sandbox/aws/scaling-groups.ts';
import { createManualClock } from '../../sandbox/clock.ts';
import { createCluster } from '../../sandbox/cluster/create-cluster.ts';
import { type DrainPolicy, defaultPolicy } from '../../shared/lifecycle/policy.ts';
import type { DrainReport } from '../../shared/lifecycle/report.ts';
import type { Drain } from './drain.ts';
import { lastingOf } from './event.ts';
import { createFaultRules } from './fault-rules.ts';
import { createJournal } from './journal.ts';
import { budgetManifest, nodeManifest, workloadManifests, workloadName } from './manifests.ts';
import { type Scenario, terminatesAt } from './scenario.ts';
import { seededRandom } from './seeded-random.ts';
import type { Stage } from './stage.ts';

export const topicArn = 'arn:aws:sns:us-east-1:123456789012:eks-node-lifecycle';
const start = Date.parse('2026-03-01T08:00:00Z');

/** Everything outside of the product, and what was seen of the product from there. */
export interface World extends Stage {
  scenario: Scenario;
  policy: DrainPolicy;
  reports: Map<string, DrainReport>;
  reportsFailUntil: number;
  drains: Drain[];
  /** When the first instance was terminated; epoch milliseconds. */
  begin: number;
}

export function nodeNameOf(index: number): string {
  return `node-${index}`;
}

/** The cluster as it is when the first instance is terminated. */
export async function openWorld(scenario: Scenario): Promise<World> {
  const clock = createManualClock(start);
  const never = new AbortController().signal;
  const cluster = createCluster({ clock });
  const scaling = createScalingGroups({ clock, account: '123456789012' });
  const tags = { 'kubernetes.io/cluster/demo': 'owned' };
  scenario.groups.forEach(({ heartbeatSeconds }, index) => {
    const hook = {
      name: `hook-${index}`,
      heartbeatSeconds,
      defaultResult: 'CONTINUE',
      notificationTargetArn: topicArn,
    } as const;
    scaling.addGroup({ name: `group-${index}`, tags, hooks: [hook], retainsAbandoned: scenario.retains });
  });
  scenario.nodes.forEach(({ group }, index) => {
    scaling.addInstance(`group-${group}`, instanceIdOf(index));
    cluster.apply(nodeManifest(nodeNameOf(index), instanceIdOf(index)));
  });
  cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'eks-node-lifecycle' } });
  cluster.start();
  const world: World = {
    scenario,
    policy: { ...defaultPolicy, ...scenario.policy },
    clock,
    cluster,
    scaling,
    states: new Map(),
    ec2: new Map(),
    kubeFaults: createFaultRules(),
    scalingFaults: createFaultRules(),
    reports: new Map(),
    reportsFailUntil: 0,
    watchesSilentUntil: 0,
    quietAt: 0,
    drains: [],
    begin: start,
    journal: createJournal(),
    random: seededRandom(scenario.random),
    network: seededRandom(scenario.random + 1),
    never,
    sleep: (seconds) => clock.sleep(seconds * 1000, never),
  };
  await populate(world);
  world.begin = clock.now();
  const lasts = scenario.events.map((event) => event.at + lastingOf(event));
  const ends = scenario.nodes.map((_, index) => terminatesAt(scenario, index) + longestNoticeSeconds(scenario, index));
  world.quietAt = world.begin + Math.max(0, ...lasts, ...ends) * 1000;
  return world;
}

/** From the termination of a node to what the last notice about it announces; one of days is nothing to wait for. */
function longestNoticeSeconds({ notices, nodes }: Scenario, index: number): number {
  const ofNode = notices.filter(({ node }) => node % nodes.length === index);
  return Math.max(0, ...ofNode.map(({ after, inSeconds }) => after + Math.min(300, inSeconds)));
}

export function instanceIdOf(index: number): string {
  return `i-0000000000000000${index}`;
}

async function populate({ scenario, cluster, clock, never }: World): Promise<void> {
  scenario.workloads.forEach((spec, index) => {
    cluster.apply(workloadManifests(workloadName(index), spec, nodeNameOf(index % scenario.nodes.length)));
  });
  scenario.budgets.forEach((spec, index) => {
    cluster.apply(budgetManifest(`b${index}`, spec, scenario.workloads.length));
  });
  await clock.advance(15_000);
  for (let spare = 0; spare < scenario.spares; spare += 1)
    cluster.apply(nodeManifest(`spare-${spare}`, `i-0aaaaaaaaaaaaaaa${spare}`));
  scenario.nodes.forEach(({ cordoned, labelled }, index) => {
    const labels = labelled ? { 'node.kubernetes.io/exclude-from-external-load-balancers': 'true' } : {};
    const manifest = nodeManifest(nodeNameOf(index), instanceIdOf(index), { unschedulable: cordoned, labels });
    if (cordoned || labelled) cluster.apply(manifest);
  });
  for (const pod of cluster.list('pods')) {
    const index = Number(/^w(\d+)/.exec(pod.metadata.name)?.[1]);
    if (!scenario.workloads[index]?.terminating || !pod.metadata.namespace) continue;
    const path = `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}`;
    await cluster.transportFor().request({ method: 'DELETE', path, body: {} }, never);
  }
}
