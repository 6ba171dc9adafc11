import { autoScalingPort } from '../../../sandbox/aws/auto-scaling-port.ts';
import { createScalingGroups, type LifecycleNotification } from '../../../sandbox/aws/scaling-groups.ts';
import { createManualClock } from '../../../sandbox/clock.ts';
import { createCluster } from '../../../sandbox/cluster/create-cluster.ts';
import type { Manifest } from '../../../sandbox/cluster/objects.ts';
import { createKubeCluster } from '../../../shared/adapters/kube-cluster.ts';
import type { InstanceView, LaunchPorts, LaunchSettings } from '../../../shared/launch/launch-ports.ts';
import { launchTick } from '../../../shared/launch/launch-tick.ts';
import type { HookAction } from '../../../shared/lifecycle/action.ts';
import {
  defaultLaunchPolicy,
  type LaunchInput,
  type LaunchOutput,
  type LaunchPolicy,
} from '../../../shared/lifecycle/launch.ts';
import type { RoleAccess } from '../../../shared/lifecycle/launch-facts.ts';
import type { Log } from '../../../shared/ports.ts';

export const instanceId = 'i-05629ab7d9287e205';
export const groupName = 'example-asg';
export const hookName = 'launch-hook';
export const nodeName = 'ip-10-0-1-10.ec2.internal';
export const topicArn = 'arn:aws:sns:us-east-1:123456789012:eks-node-lifecycle';
export const start = Date.parse('2026-03-01T08:00:00Z');
export const startUpTaint = { key: 'eks-node-lifecycle.io/not-ready', effect: 'NoSchedule' };
export const nodeRole = 'arn:aws:iam::123456789012:role/nodes';

export type World = ReturnType<typeof createWorld>;

/** A cluster with the usual DaemonSets, a group and the real ticks between them, on a manual clock. */
export function createWorld(
  options: {
    policy?: Partial<LaunchPolicy>;
    heartbeatSeconds?: number;
    defaultResult?: 'CONTINUE' | 'ABANDON';
    tags?: Record<string, string>;
    daemonSets?: readonly string[];
  } = {},
) {
  const clock = createManualClock(start);
  const cluster = createCluster({ clock });
  const scaling = createScalingGroups({ clock, account: '123456789012' });
  const hook = {
    name: hookName,
    transition: 'launch' as const,
    heartbeatSeconds: options.heartbeatSeconds ?? 300,
    defaultResult: options.defaultResult ?? ('CONTINUE' as const),
    notificationTargetArn: topicArn,
  };
  const tags = { 'kubernetes.io/cluster/demo': 'owned', ...options.tags };
  scaling.addGroup({ name: groupName, tags, hooks: [hook] });
  cluster.apply((options.daemonSets ?? ['aws-node', 'kube-proxy']).map((name) => daemonSet(name)));
  cluster.start();

  const lines: { level: string; message: string; fields: Record<string, unknown> }[] = [];
  const metrics: { name: string; value: number; dimensions: Record<string, string> | undefined }[] = [];
  const log =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}) =>
      void lines.push({ level, message, fields });
  const completions: { at: number; result: string; answer: string }[] = [];
  const heartbeats: number[] = [];
  const autoScaling = autoScalingPort(scaling);
  const port = createKubeCluster(cluster.transportFor(), { leaseNamespace: 'none', reportingInstance: 'test' });
  /** What EC2, IAM and EKS say; a test may change it. */
  const aws = {
    instance: {
      state: 'running',
      stateReason: undefined,
      tags: { 'kubernetes.io/cluster/demo': 'owned' },
      instanceProfileArn: 'arn:aws:iam::123456789012:instance-profile/nodes',
      privateDnsName: nodeName,
      subnetId: 'subnet-1',
    } as InstanceView | 'unknown' | undefined,
    accessEntry: { mode: 'API_AND_CONFIG_MAP', entryType: 'EC2_LINUX' } as RoleAccess | 'unknown',
    console: undefined as string | 'unknown' | undefined,
    abandoned: 0,
  };

  const ports: LaunchPorts = {
    autoScaling: {
      ...autoScaling,
      countAbandoned: async () => aws.abandoned,
      heldLaunches: async () => [instanceId],
      async completeAction(action, result, signal) {
        const answer = await autoScaling.completeAction(action, result, signal);
        completions.push({ at: clock.now(), result, answer });
        return answer;
      },
      async recordHeartbeat(action, signal) {
        heartbeats.push(clock.now());
        return autoScaling.recordHeartbeat(action, signal);
      },
    },
    clusters: { open: async (name) => ({ found: 'cluster', name, cluster: port }) },
    diagnosis: {
      instance: async () => aws.instance,
      nodeRoleArn: async () => nodeRole,
      accessEntry: async () => aws.accessEntry,
      consoleOutput: async () => aws.console,
    },
    clock,
    log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') } satisfies Log,
    metrics: { add: (...[name, , value, dimensions]) => void metrics.push({ name, value, dimensions }) },
  };
  const settings: LaunchSettings = {
    ours: { hookNames: [], topicArns: [topicArn] },
    clusterName: undefined,
    policy: { ...defaultLaunchPolicy, ...options.policy },
  };

  async function tickOnce(input: LaunchInput, budgetSeconds = 270): Promise<LaunchOutput> {
    const budget = { endsAt: clock.now() + budgetSeconds * 1000, signal: new AbortController().signal };
    return clock.runUntil(launchTick(input, settings, ports, budget));
  }

  /** Ticks and waits as the state machine does, until done. */
  async function run(action: HookAction, most = 200) {
    let input: LaunchInput = { action, state: null, execution: `${action.instanceId}-${action.token}` };
    const waits: number[] = [];
    for (let ticks = 1; ticks <= most; ticks += 1) {
      const output = await tickOnce(input);
      if (output.status === 'done') return { ...output, ticks, waits };
      waits.push(output.waitSeconds);
      input = { ...input, state: JSON.parse(JSON.stringify(output.state)) };
      await clock.advance(output.waitSeconds * 1000);
    }
    throw new Error(`not done after ${most} ticks`);
  }

  const launch = (destination: 'AutoScalingGroup' | 'WarmPool' = 'AutoScalingGroup'): HookAction =>
    actionOf(scaling.launchInstance(groupName, { id: instanceId, destination })[0] as LifecycleNotification);

  return {
    clock,
    cluster,
    scaling,
    ports,
    settings,
    port,
    aws,
    lines,
    metrics,
    completions,
    heartbeats,
    tickOnce,
    run,
    launch,
    node: (name = nodeName) => cluster.get('nodes', name),
    events: () => cluster.list('events') as (ReturnType<typeof cluster.list<'events'>>[number] & EventFields)[],
    at: (seconds: number, act: () => void): void => {
      void clock.sleep(seconds * 1000, new AbortController().signal).then(act);
    },
    seconds: () => (clock.now() - start) / 1000,
    logged: (message: string) => lines.filter((line) => line.message === message),
  };
}

interface EventFields {
  type: string;
  reason: string;
  message: string;
}

export function actionOf(notification: LifecycleNotification): HookAction {
  return {
    version: 1,
    kind: 'launch',
    account: notification.AccountId,
    region: 'us-east-1',
    instanceId: notification.EC2InstanceId,
    groupName: notification.AutoScalingGroupName,
    hookName: notification.LifecycleHookName,
    token: notification.LifecycleActionToken,
    origin: notification.Origin,
    destination: notification.Destination,
  };
}

/** As a kubelet registers it; it becomes Ready after `readyAfter` seconds unless `status` says how it is. */
export function node(
  view: {
    name?: string;
    id?: string;
    readyAfter?: number;
    status?: object;
    spec?: object;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  } = {},
): Manifest {
  const { name = nodeName, id = instanceId, readyAfter = 1 } = view;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, ...view.labels },
      annotations: { 'sandbox/ready-after': `${readyAfter}s`, ...view.annotations },
    },
    spec: { providerID: `aws:///us-east-1a/${id}`, taints: [startUpTaint], ...view.spec },
    status: { allocatable: { pods: '110' }, ...view.status },
  };
}

export function notReady(reason: string, message: string, status: 'False' | 'Unknown' = 'False'): object {
  return {
    conditions: [{ type: 'Ready', status, reason, message, lastTransitionTime: new Date(start).toISOString() }],
  };
}

export function daemonSet(
  name: string,
  template: { annotations?: Record<string, string>; spec?: object } = {},
): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: 'kube-system' },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name }, annotations: template.annotations ?? {} },
        spec: { tolerations: [{ operator: 'Exists' }], containers: [{ name, image: 'demo' }], ...template.spec },
      },
    },
  };
}
