import { createKubeCluster } from '../../../shared/adapters/kube-cluster.ts';
import type { LaunchPorts, LaunchSettings } from '../../../shared/launch/launch-ports.ts';
import { launchTick } from '../../../shared/launch/launch-tick.ts';
import type { LaunchInput, LaunchOutput } from '../../../shared/lifecycle/launch.ts';
import { clockOf, quietLog, quietMetrics, runProcess } from '../run-process.ts';
import { openProcess } from '../tick.ts';
import { tickScaling } from '../tick-scaling.ts';
import { tickTransport } from '../tick-transport.ts';
import { topicArn } from '../world.ts';
import { nothingHeard } from './heard.ts';
import { launchOnlooker, onLaunchThrown } from './invariants.ts';
import { instanceId, nodeName } from './manifests.ts';
import type { LaunchTick, LaunchWorld } from './world.ts';

/** The state machine's pauses before it tries a failed tick again; after the last it completes the action by itself. */
const pauseSeconds = [5, 15, 45, 135, 300, 300, 300, 300];

/** One execution: ticks and waits, until one says that it is done. */
export async function runLaunch(world: LaunchWorld): Promise<void> {
  const { clock, scaling, action } = world;
  for (let failures = 0; ; ) {
    world.current = runLaunchTick(world, world.input);
    const heard = await world.current.heard;
    if ('output' in heard) {
      failures = 0;
      const { output } = heard;
      if (output.status === 'done') {
        world.result = { at: clock.now(), done: output };
        return;
      }
      world.input = { ...world.input, state: JSON.parse(JSON.stringify(output.state)) };
      world.quietAt = Math.max(world.quietAt, clock.now() + world.oversleep * 1000);
      await world.sleep(output.waitSeconds + world.oversleep);
      world.oversleep = 0;
      continue;
    }
    const pause = pauseSeconds[failures];
    failures += 1;
    if (pause !== undefined) {
      await world.sleep(pause);
      continue;
    }
    try {
      scaling.completeAction(action, 'CONTINUE');
    } catch {
      // it is resolved already
    }
    world.result = { at: clock.now(), done: undefined };
    return;
  }
}

/** Starts a tick; `tick.heard` is what becomes of it. */
export function runLaunchTick(world: LaunchWorld, input: LaunchInput, role = ''): LaunchTick {
  const { clock, journal, policy, ticks } = world;
  const name = `launch tick ${ticks.length + 1}${role}`;
  const tick: LaunchTick = Object.assign(openProcess<LaunchOutput>(world, name), { knows: nothingHeard() });
  ticks.push(tick);
  if (input.state === null) world.freshAt = clock.now();
  const settings: LaunchSettings = { ours: { hookNames: [], topicArns: [topicArn] }, clusterName: undefined, policy };
  journal.note(clock.now(), `${name} begins${input.state === null ? ' without a state' : ''}`);
  runProcess(world, tick, (limit) => launchTick(structuredClone(input), settings, portsOf(world, tick), limit), {
    said: (output) =>
      output.status === 'again'
        ? `again in ${output.waitSeconds} s (${output.summary.phase}: ${output.summary.text})`
        : `done: ${output.end.reason}, ${output.end.completion}, ${output.end.text}`,
    thrown: (error) => onLaunchThrown(world, tick, error),
  });
  return tick;
}

function portsOf(world: LaunchWorld, tick: LaunchTick): LaunchPorts {
  const { scaling, ec2, scenario, clock, scalingFaults } = world;
  const looksOn = launchOnlooker(world);
  const cluster = createKubeCluster(tickTransport(world, tick, looksOn), {
    leaseNamespace: 'none',
    reportingInstance: 'test',
  });
  /** The network is that of Auto Scaling: what breaks the one breaks the other. Nothing that a diagnosis needs has to be there. */
  async function asked<T>(answer: T): Promise<T> {
    await tick.standStill();
    const effect = scalingFaults.take('describeGroup', clock.now());
    if (effect?.do === 'kill') tick.kill();
    if (!effect || effect.do === 'latency' || effect.do === 'freeze') return tick.pass(Promise.resolve(answer));
    return tick.pass(Promise.reject(new Error('ECONNRESET')));
  }
  return {
    autoScaling: {
      ...tickScaling(world, tick, looksOn),
      countAbandoned: () =>
        scenario.abandonedBefore === 'unknown'
          ? tick.pass(Promise.reject(new Error('Throttling')))
          : asked<number>(scenario.abandonedBefore),
      heldLaunches: () => asked([instanceId]),
    },
    clusters: { open: async (clusterName) => ({ found: 'cluster', name: clusterName, cluster }) },
    diagnosis: {
      instance: () =>
        asked({
          state: ec2.get(instanceId) ?? scaling.instance(instanceId)?.ec2State ?? 'terminated',
          stateReason: undefined,
          tags: { 'kubernetes.io/cluster/demo': 'owned' },
          instanceProfileArn: 'arn:aws:iam::123456789012:instance-profile/nodes',
          privateDnsName: nodeName,
          subnetId: 'subnet-1',
        }),
      nodeRoleArn: () => asked('arn:aws:iam::123456789012:role/nodes'),
      accessEntry: () => asked({ mode: 'API' as const, entryType: 'EC2_LINUX' }),
      consoleOutput: () => asked(undefined),
    },
    clock: clockOf(world, tick),
    log: quietLog,
    metrics: quietMetrics,
  };
}
