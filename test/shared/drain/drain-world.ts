import { executionName } from '../../../functions/intake/execution-name.ts';
import { autoScalingPort } from '../../../sandbox/aws/auto-scaling-port.ts';
import { createScalingGroups, type LifecycleNotification } from '../../../sandbox/aws/scaling-groups.ts';
import { createManualClock } from '../../../sandbox/clock.ts';
import { createCluster } from '../../../sandbox/cluster/create-cluster.ts';
import type { Manifest } from '../../../sandbox/cluster/objects.ts';
import { createKubeCluster } from '../../../shared/adapters/kube-cluster.ts';
import type { ClusterPort } from '../../../shared/cluster-port.ts';
import type { TickPorts, TickSettings } from '../../../shared/drain/session.ts';
import { terminateTick } from '../../../shared/drain/terminate-tick.ts';
import type { HookAction, LifecycleAction, ManualAction, NoticeAction } from '../../../shared/lifecycle/action.ts';
import { readMark } from '../../../shared/lifecycle/mark.ts';
import { defaultNoticePolicy, type NoticePolicy } from '../../../shared/lifecycle/notice-policy.ts';
import { type DrainPolicy, defaultPolicy } from '../../../shared/lifecycle/policy.ts';
import type { DrainReport } from '../../../shared/lifecycle/report.ts';
import type { TickInput } from '../../../shared/lifecycle/tick.ts';
import { type NotedLine, notingLog } from './noting-log.ts';

export const instanceId = 'i-05629ab7d9287e205';
export const groupName = 'example-asg';
export const hookName = 'drain-hook';
export const nodeName = 'ip-10-0-1-10.ec2.internal';
export const topicArn = 'arn:aws:sns:us-east-1:123456789012:eks-node-lifecycle';
export const start = Date.parse('2026-03-01T08:00:00Z');

export type World = ReturnType<typeof createWorld>;

/** A cluster, a group and the real ticks between them, on a manual clock. */
export function createWorld(
  options: {
    policy?: Partial<DrainPolicy>;
    notices?: Partial<NoticePolicy>;
    heartbeatSeconds?: number;
    tags?: Record<string, string>;
    loseNode?: boolean;
    hookMetadata?: string;
    retainsAbandoned?: boolean;
  } = {},
) {
  const clock = createManualClock(start);
  const cluster = createCluster({ clock });
  const scaling = createScalingGroups({ clock, account: '123456789012' });
  const hook = {
    name: hookName,
    heartbeatSeconds: options.heartbeatSeconds ?? 1800,
    defaultResult: 'CONTINUE' as const,
    notificationTargetArn: topicArn,
    ...(options.hookMetadata === undefined ? {} : { metadata: options.hookMetadata }),
  };
  const tags = options.tags ?? { 'kubernetes.io/cluster/demo': 'owned' };
  const retainsAbandoned = options.retainsAbandoned ?? false;
  scaling.addGroup({ name: groupName, tags, hooks: [hook], retainsAbandoned });
  scaling.addInstance(groupName, instanceId);
  if (!options.loseNode) cluster.apply(node(nodeName, instanceId));
  cluster.apply(namespaced('eks-node-lifecycle'));
  cluster.start();

  const reports = new Map<string, DrainReport>();
  const lines: NotedLine[] = [];
  const metrics: { name: string; value: number; dimensions: Record<string, string> | undefined }[] = [];
  const completions: { at: number; result: string; answer: string }[] = [];
  const heartbeats: number[] = [];
  const autoScaling = autoScalingPort(scaling);
  const port = createKubeCluster(cluster.transportFor(), {
    leaseNamespace: 'eks-node-lifecycle',
    reportingInstance: 'test',
  });

  /** What EC2 says when asked; `state`: instead of what follows from Auto Scaling. */
  const ec2: { isSpot: boolean; state?: string; scheduledEvents: string[] } = { isSpot: true, scheduledEvents: [] };
  const ports: TickPorts = {
    autoScaling: {
      ...autoScaling,
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
    clusters: { open: async (name) => ({ found: 'cluster', name, cluster: port as ClusterPort }) },
    compute: {
      instanceState: async (id) => ec2.state ?? scaling.instance(id)?.ec2State,
      instanceFacts: async (id) => {
        const state = ec2.state ?? scaling.instance(id)?.ec2State;
        return state === undefined || state === 'unknown' ? undefined : { state, isSpot: ec2.isSpot };
      },
      scheduledEvents: async () => ec2.scheduledEvents,
    },
    loadBalancers: { stillRegistered: async () => ({ registrations: [] }), deregister: async () => undefined },
    reports: {
      load: async (key) => structuredClone(reports.get(key)),
      async save(key, report) {
        reports.set(key, structuredClone(report));
        return `memory:${key}`;
      },
    },
    clock,
    log: notingLog(lines),
    metrics: { add: (...[name, , value, dimensions]) => void metrics.push({ name, value, dimensions }) },
    random: () => 0.5,
  };
  const settings: TickSettings = {
    ours: { hookNames: [], topicArns: [topicArn] },
    clusterName: undefined,
    policy: { ...defaultPolicy, ...options.policy },
    notices: { ...defaultNoticePolicy, ...options.notices },
  };

  const tick = (input: TickInput, budgetSeconds = 270) => {
    const limit = { endsAt: clock.now() + budgetSeconds * 1000, signal: new AbortController().signal };
    return terminateTick(input, settings, ports, limit);
  };
  const tickOnce = (input: TickInput, budgetSeconds?: number) => clock.runUntil(tick(input, budgetSeconds));

  /** Ticks and waits as the state machine does, until done; somebody else moves the clock. */
  async function follow(action: LifecycleAction, most = 500) {
    const execution = action.kind === 'manual' ? `manual-${action.requestId}` : executionName(action);
    let input: TickInput = { action, state: null, execution };
    for (let ticks = 1; ticks <= most; ticks += 1) {
      const output = await tick(input);
      if (output.status === 'done') return { ...output, ticks };
      input = { ...input, state: JSON.parse(JSON.stringify(output.state)) };
      await clock.sleep(output.waitSeconds * 1000, new AbortController().signal);
    }
    throw new Error(`not done after ${most} ticks`);
  }
  const drain = (action: LifecycleAction, most?: number) => clock.runUntil(follow(action, most));

  /** A notice about our instance; `inSeconds` from now it happens. */
  const notice = (
    kind: NoticeAction['kind'],
    inSeconds?: number,
    noticeId = '1e5527d7-bb36-4607-3370-4164db56a40e',
  ) => ({
    ...{ version: 1 as const, account: '123456789012', region: 'us-east-1', instanceId, kind, noticeId },
    ...(inSeconds === undefined ? {} : { at: new Date(clock.now() + inSeconds * 1000).toISOString() }),
  });
  /** Somebody asks for the drain of our node. */
  const manual = (options: ManualAction['options'] = {}, requestId = 'req-1'): ManualAction => ({
    ...{ version: 1, account: '123456789012', region: 'us-east-1', instanceId, kind: 'manual', cluster: 'demo' },
    ...{ node: nodeName, requestId, requestedBy: 'ana', options },
  });
  const terminate = (): HookAction => actionOf(scaling.terminateInstance(instanceId)[0] as LifecycleNotification);

  return {
    clock,
    cluster,
    scaling,
    ec2,
    ports,
    settings,
    port,
    reports,
    lines,
    metrics,
    completions,
    heartbeats,
    tickOnce,
    follow,
    drain,
    terminate,
    notice,
    manual,
    mark: () => readMark(cluster.get('nodes', nodeName)?.metadata.annotations ?? {}),
    report: () => [...reports.values()].at(-1) as DrainReport,
    pods: () => cluster.list('pods').filter((pod) => pod.spec.nodeName === nodeName),
    node: () => cluster.get('nodes', nodeName),
    /** Lets these become running and ready on our node, then gives the scheduler another one. */
    async fill(...manifests: Manifest[]): Promise<void> {
      cluster.apply(manifests);
      await clock.advance(10_000);
      cluster.apply(node('ip-10-0-2-20.ec2.internal', 'i-0aaaaaaaaaaaaaaaa'));
    },
    at: (seconds: number, act: () => void): void => {
      void clock.sleep(seconds * 1000, new AbortController().signal).then(act);
    },
    what: () => [...reports.values()].at(-1)?.timeline.map(({ what }) => what) ?? [],
    pod: (name: string) => [...reports.values()].at(-1)?.pods.find((pod) => pod.name.startsWith(name)),
    seconds: () => (clock.now() - start) / 1000,
  };
}

export function actionOf(notification: LifecycleNotification): HookAction {
  return {
    version: 1,
    kind: 'terminate',
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

export function node(name: string, id: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    spec: { providerID: `aws:///us-east-1a/${id}` },
    status: {
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: new Date(start).toISOString() }],
      allocatable: { pods: '110' },
    },
  };
}

function namespaced(name: string): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** A Deployment whose pods land wherever the scheduler puts them. */
export function deployment(
  name: string,
  replicas: number,
  template: { annotations?: Record<string, string>; spec?: object } = {},
): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name }, annotations: template.annotations ?? {} },
        spec: { containers: [{ name: 'main', image: 'demo' }], ...template.spec },
      },
    },
  };
}

export function budget(name: string, spec: object): Manifest {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace: 'default' },
    spec: { selector: { matchLabels: { app: name } }, ...spec },
  };
}
