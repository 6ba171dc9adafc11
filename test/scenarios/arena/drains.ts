import { autoScalingPort } from '../../../sandbox/aws/auto-scaling-port.ts';
import { createScalingGroups } from '../../../sandbox/aws/scaling-groups.ts';
import { createKubeCluster } from '../../../shared/adapters/kube-cluster.ts';
import type { KubeTransport } from '../../../shared/adapters/kube-transport.ts';
import type { TickPorts, TickSettings } from '../../../shared/drain/session.ts';
import { terminateTick } from '../../../shared/drain/terminate-tick.ts';
import type { HookAction } from '../../../shared/lifecycle/action.ts';
import { defaultNoticePolicy } from '../../../shared/lifecycle/notice-policy.ts';
import { defaultPolicy } from '../../../shared/lifecycle/policy.ts';
import type { DrainReport } from '../../../shared/lifecycle/report.ts';
import type { TickInput, TickOutput } from '../../../shared/lifecycle/tick.ts';
import { actionOf, groupName, topicArn } from '../../shared/drain/drain-world.ts';
import { type NotedLine, notingLog } from '../../shared/drain/noting-log.ts';
import type { ArenaOptions } from './arena.ts';
import type { ArenaTarget } from './target.ts';

export type Outcome = Extract<TickOutput, { status: 'done' }> & { ticks: number };

/** Short enough for a real server's own time: half a minute in place of an hour. */
const quickPolicy = {
  ...defaultPolicy,
  deadlineSeconds: 40,
  reserveSeconds: 5,
  settleSeconds: 1,
  detachSeconds: 10,
  unreachableSeconds: 10,
};

/** The real ticks of a termination, over the adapter that a Lambda has, with a model of Auto Scaling. */
export function createDrains(
  { clock, settle }: ArenaTarget,
  transport: KubeTransport,
  node: { instanceId: string },
  { policy, hooks = 1 }: ArenaOptions,
) {
  const scaling = createScalingGroups({ clock, account: '123456789012' });
  scaling.addGroup({
    name: groupName,
    tags: { 'kubernetes.io/cluster/demo': 'owned' },
    hooks: Array.from({ length: hooks }, (_, index) => ({
      name: `hook-${index}`,
      heartbeatSeconds: 60,
      defaultResult: 'CONTINUE',
      notificationTargetArn: topicArn,
    })),
  });
  scaling.addInstance(groupName, node.instanceId);
  const cluster = createKubeCluster(transport, {
    leaseNamespace: 'eks-node-lifecycle',
    reportingInstance: 'scenario',
  });
  const reports = new Map<string, DrainReport>();
  const logged: NotedLine[] = [];
  const completions: { at: number; result: string; answer: string }[] = [];
  const autoScaling = autoScalingPort(scaling);
  const instances = { state: undefined as string | undefined };

  const ports: TickPorts = {
    autoScaling: {
      ...autoScaling,
      async completeAction(action, result, signal) {
        const answer = await autoScaling.completeAction(action, result, signal);
        completions.push({ at: clock.now(), result, answer });
        return answer;
      },
    },
    clusters: { open: async (name) => ({ found: 'cluster', name, cluster }) },
    compute: {
      instanceState: async (id) => instances.state ?? scaling.instance(id)?.ec2State,
      instanceFacts: async () => undefined,
      scheduledEvents: async () => [],
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
    log: notingLog(logged),
    metrics: { add: () => undefined },
    random: () => 0.5,
  };
  const settings: TickSettings = {
    ours: { hookNames: [], topicArns: [topicArn] },
    clusterName: undefined,
    policy: { ...quickPolicy, ...policy },
    notices: defaultNoticePolicy,
  };

  const tick = (input: TickInput, signal = new AbortController().signal, budgetSeconds = 270): Promise<TickOutput> =>
    terminateTick(input, settings, ports, { endsAt: clock.now() + budgetSeconds * 1000, signal });

  /** Ticks and waits as the state machine does, until done. */
  async function run(action: HookAction, most = 200): Promise<Outcome> {
    let input: TickInput = { action, state: null, execution: `${action.instanceId}-${action.token}` };
    for (let ticks = 1; ticks <= most; ticks += 1) {
      const output = await tick(input);
      if (output.status === 'done') return { ...output, ticks };
      input = { ...input, state: JSON.parse(JSON.stringify(output.state)) };
      await clock.sleep(output.waitSeconds * 1000, new AbortController().signal);
    }
    throw new Error(`not done after ${most} ticks`);
  }

  /** Pauses the instance in `Terminating:Wait`; one action for each hook. */
  const terminate = (instanceId = node.instanceId): HookAction[] => scaling.terminateInstance(instanceId).map(actionOf);

  return {
    scaling,
    groupName,
    settings,
    ports,
    cluster,
    completions,
    logged,
    /** What EC2 says of every instance; as Auto Scaling has it until a scenario sets it. */
    instances,
    tick: (input: TickInput, signal?: AbortSignal, budgetSeconds?: number) =>
      settle(tick(input, signal, budgetSeconds)),
    terminate,
    /** A drain that goes on beside others; wait for it inside of `settle`. */
    run,
    /** One drain from the hook's action to its end. */
    drain: (action: HookAction = terminate()[0] as HookAction) => settle(run(action)),
    report: () => [...reports.values()].at(-1) as DrainReport,
    podReport: (name: string) => [...reports.values()].at(-1)?.pods.find((pod) => pod.name === name),
  };
}
