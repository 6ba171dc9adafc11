import { createKubeCluster } from '../../shared/adapters/kube-cluster.ts';
import type { TickPorts, TickSettings } from '../../shared/drain/session.ts';
import { terminateTick } from '../../shared/drain/terminate-tick.ts';
import type { TickInput, TickOutput } from '../../shared/lifecycle/tick.ts';
import type { Drain } from './drain.ts';
import { onlooker, onThrown } from './invariants/all.ts';
import { noticePolicyOf } from './run-notice.ts';
import { clockOf, quietLog, quietMetrics, runProcess } from './run-process.ts';
import { openProcess, type Tick } from './tick.ts';
import { tickCompute } from './tick-compute.ts';
import { tickScaling } from './tick-scaling.ts';
import { tickTransport } from './tick-transport.ts';
import { topicArn, type World } from './world.ts';

/** Starts a tick of a drain; `tick.heard` is what becomes of it. */
export function runTick(world: World, drain: Drain, input: TickInput, role = ''): Tick {
  const { clock, journal } = world;
  const kind = drain.notice ? ` ${drain.notice.kind}` : '';
  const name = `${drain.nodeName}${kind} tick ${drain.ticks.length + 1}${role}`;
  const tick = Object.assign(openProcess<TickOutput>(world, name), { drain });
  drain.ticks.push(tick);
  drain.startedAt ??= clock.now();
  if (input.state === null) drain.freshAt = clock.now();
  const settings: TickSettings = {
    ours: { hookNames: [], topicArns: [topicArn] },
    clusterName: undefined,
    policy: world.policy,
    notices: noticePolicyOf(drain),
  };
  journal.note(clock.now(), `${name} begins${input.state === null ? ' without a state' : ''}`);
  runProcess(world, tick, (limit) => terminateTick(structuredClone(input), settings, portsOf(world, tick), limit), {
    said: (output) =>
      output.status === 'again'
        ? `again in ${output.waitSeconds} s (${output.summary.phase}: ${output.summary.text})`
        : `done: ${output.end.reason}, ${output.end.text}`,
    thrown: (error) => onThrown(world, tick, error),
  });
  return tick;
}

function portsOf(world: World, tick: Tick): TickPorts {
  const { clock, reports } = world;
  const looksOn = onlooker(world);
  const cluster = createKubeCluster(tickTransport(world, tick, looksOn), {
    leaseNamespace: 'eks-node-lifecycle',
    reportingInstance: 'test',
  });
  const kept = <T>(act: () => T): Promise<T> =>
    tick.pass(
      (async () => {
        await tick.standStill();
        if (clock.now() < world.reportsFailUntil) throw new Error('SlowDown');
        return act();
      })(),
    );
  return {
    autoScaling: tickScaling(world, tick, looksOn),
    clusters: { open: async (name) => ({ found: 'cluster', name, cluster }) },
    compute: tickCompute(world, tick),
    loadBalancers: { stillRegistered: async () => ({ registrations: [] }), deregister: async () => undefined },
    reports: {
      load: (key) => kept(() => structuredClone(reports.get(key))),
      save: (key, report) =>
        kept(() => {
          reports.set(key, structuredClone(report));
          return `memory:${key}`;
        }),
    },
    clock: clockOf(world, tick),
    log: quietLog,
    metrics: quietMetrics,
    random: world.random,
  };
}
