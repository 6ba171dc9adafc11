import { createScalingGroups } from '../../../sandbox/aws/scaling-groups.ts';
import { createManualClock } from '../../../sandbox/clock.ts';
import { createCluster } from '../../../sandbox/cluster/create-cluster.ts';
import type { HookAction } from '../../../shared/lifecycle/action.ts';
import {
  defaultLaunchPolicy,
  type LaunchInput,
  type LaunchOutput,
  type LaunchPolicy,
} from '../../../shared/lifecycle/launch.ts';
import { createFaultRules } from '../fault-rules.ts';
import { createJournal } from '../journal.ts';
import { seededRandom } from '../seeded-random.ts';
import type { Stage } from '../stage.ts';
import type { Process } from '../tick.ts';
import { topicArn } from '../world.ts';
import type { Heard } from './heard.ts';
import { daemonSet, instanceId, nodeManifest, nodeName } from './manifests.ts';
import type { LaunchScenario } from './scenario.ts';

export const groupName = 'group';
const start = Date.parse('2026-03-01T08:00:00Z');

export interface LaunchTick extends Process<LaunchOutput> {
  knows: Heard;
}

/** A launch, everything outside of the product, and what was seen of the product from there. Instants are epoch milliseconds. */
export interface LaunchWorld extends Stage {
  scenario: LaunchScenario;
  policy: LaunchPolicy;
  begin: number;
  action: HookAction;
  /** What the next tick, or one that doubles the current one, is given. */
  input: LaunchInput;
  ticks: LaunchTick[];
  current: LaunchTick | undefined;
  freshAt: number;
  oversleep: number;
  /** The last answer to a look at the Node, or word of a watch. */
  answeredAt: number | undefined;
  accepted: { at: number; tick: LaunchTick; given: 'CONTINUE' | 'ABANDON' }[];
  result: { at: number; done: Extract<LaunchOutput, { status: 'done' }> | undefined } | undefined;
}

const labelTag = 'k8s.io/cluster-autoscaler/node-template/label/';
const taintTag = 'k8s.io/cluster-autoscaler/node-template/taint/';

/** As it is when the instance is launched. */
export async function openLaunchWorld(scenario: LaunchScenario): Promise<LaunchWorld> {
  const clock = createManualClock(start);
  const never = new AbortController().signal;
  const cluster = createCluster({ clock });
  const scaling = createScalingGroups({ clock, account: '123456789012' });
  const tags = Object.fromEntries([
    ['kubernetes.io/cluster/demo', 'owned'],
    ...Object.entries(scenario.labels).map(([key, value]) => [`${labelTag}${key}`, value]),
    ...scenario.taints.map(({ key, value = '', effect }) => [`${taintTag}${key}`, `${value}:${effect}`]),
  ]);
  const hook = { ...scenario.hook, name: 'hook', transition: 'launch', notificationTargetArn: topicArn } as const;
  scaling.addGroup({ name: groupName, tags, hooks: [hook] });
  cluster.apply(Object.entries(scenario.sets).map(([name, readyAfter]) => daemonSet(name, readyAfter)));
  cluster.start();
  const destination = scenario.way === 'to-pool' ? 'WarmPool' : 'AutoScalingGroup';
  if (scenario.way === 'out-of-pool') {
    scaling.launchInstance(groupName, { id: instanceId, destination: 'WarmPool', newToken: () => 'token-before' });
    scaling.completeAction({ groupName, hookName: 'hook', instanceId }, 'CONTINUE');
  }
  await clock.advance(15_000);
  const [notification] = scaling.launchInstance(groupName, { id: instanceId, destination, newToken: () => 'token' });
  if (!notification) throw new Error('the group has no hook');
  const action: HookAction = {
    version: 1,
    kind: 'launch',
    account: '123456789012',
    region: 'us-east-1',
    instanceId,
    groupName,
    hookName: 'hook',
    token: 'token',
    origin: notification.Origin,
    destination: notification.Destination,
  };
  const { random } = scenario;
  const world: LaunchWorld = {
    scenario,
    policy: { ...defaultLaunchPolicy, ...scenario.policy },
    clock,
    cluster,
    scaling,
    states: new Map(),
    ec2: new Map(),
    kubeFaults: createFaultRules(),
    scalingFaults: createFaultRules(),
    watchesSilentUntil: 0,
    quietAt: clock.now(),
    journal: createJournal(),
    random: seededRandom(random),
    network: seededRandom(random + 1),
    never,
    sleep: (seconds) => clock.sleep(seconds * 1000, never),
    begin: clock.now(),
    action,
    input: { action, state: null, execution: `${instanceId}-token` },
    ticks: [],
    current: undefined,
    freshAt: clock.now(),
    oversleep: 0,
    answeredAt: undefined,
    accepted: [],
    result: undefined,
  };
  if (scenario.way === 'out-of-pool') cluster.apply(nodeManifest(world));
  else letItAppear(world);
  return world;
}

function letItAppear(world: LaunchWorld): void {
  const { cluster, scenario } = world;
  const { appearsAt, namesake } = scenario.node;
  if (namesake) {
    const other = nodeManifest(world);
    cluster.apply({ ...other, spec: { providerID: 'aws:///us-east-1a/i-0bbbbbbbbbbbbbbbb' } });
  }
  if (appearsAt === 'never') return;
  const appear = () => {
    cluster.remove('nodes', nodeName);
    cluster.apply(nodeManifest(world));
  };
  void world.sleep(appearsAt).then(appear);
}
