import { createKubeCluster } from '../../shared/adapters/kube-cluster.ts';
import type { TickPorts, TickSettings } from '../../shared/drain/session.ts';
import { terminateTick } from '../../shared/drain/terminate-tick.ts';
import type { TickInput } from '../../shared/lifecycle/tick.ts';
import type { Drain } from './drain.ts';
import { onThrown } from './invariants/all.ts';
import { openTick, type Tick } from './tick.ts';
import { tickScaling } from './tick-scaling.ts';
import { tickTransport } from './tick-transport.ts';
import { topicArn, type World } from './world.ts';

/** As the function is configured: 300 s, of which 120 s are kept to wrap up and 5 s to answer after an abort. */
const functionSeconds = 300;
const wrapUpSeconds = 120;
const abortSeconds = 5;

const quiet = () => {};

/** Starts a tick as Lambda does; `tick.heard` is what becomes of it. */
export function runTick(world: World, drain: Drain, input: TickInput, role = ''): Tick {
  const { clock } = world;
  const tick = openTick(world, drain, `${drain.nodeName} tick ${drain.ticks.length + 1}${role}`);
  drain.ticks.push(tick);
  drain.startedAt ??= clock.now();
  if (input.state === null) drain.freshAt = clock.now();
  const timeUp = new AbortController();
  const over = new AbortController();
  const settings: TickSettings = {
    ours: { hookNames: [], topicArns: [topicArn] },
    clusterName: undefined,
    policy: world.policy,
  };
  const limit = { endsAt: clock.now() + tick.skew + (functionSeconds - wrapUpSeconds) * 1000, signal: timeUp.signal };
  const at = (seconds: number, act: () => void) =>
    clock.sleep(seconds * 1000, over.signal).then(async () => {
      await tick.standStill();
      if (!tick.ended) act();
    }, quiet);
  void at(functionSeconds - abortSeconds, () => timeUp.abort(new Error('the time is up')));
  clock.sleep(functionSeconds * 1000, over.signal).then(() => tick.kill(), quiet);
  tick.gone.addEventListener('abort', () => {
    for (const each of [timeUp, over]) each.abort(tick.gone.reason);
  });
  world.journal.note(clock.now(), `${tick.name} begins${input.state === null ? ' without a state' : ''}`);
  terminateTick(structuredClone(input), settings, portsOf(world, tick), limit).then(
    (output) =>
      end(
        { output },
        output.status === 'again'
          ? `again in ${output.waitSeconds} s (${output.summary.phase}: ${output.summary.text})`
          : `done: ${output.end.reason}, ${output.end.text}`,
      ),
    (error: unknown) => {
      if (tick.killed) return;
      if (!timeUp.signal.aborted) onThrown(world, tick, error);
      end({ error }, `fails: ${error}`);
    },
  );
  return tick;

  function end(heard: Parameters<Tick['tell']>[0], text: string): void {
    if (tick.killed) return;
    tick.ended = true;
    over.abort(new Error('over'));
    world.journal.note(clock.now(), `${tick.name} ${text}`);
    tick.tell(heard);
  }
}

function portsOf(world: World, tick: Tick): TickPorts {
  const { clock, reports, scaling } = world;
  const cluster = createKubeCluster(tickTransport(world, tick), {
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
    autoScaling: tickScaling(world, tick),
    clusters: { open: async (name) => ({ found: 'cluster', name, cluster }) },
    compute: { instanceState: async (id) => scaling.instance(id)?.ec2State },
    loadBalancers: { stillRegistered: async () => [] },
    reports: {
      load: (key) => kept(() => structuredClone(reports.get(key))),
      save: (key, report) =>
        kept(() => {
          reports.set(key, structuredClone(report));
          return `memory:${key}`;
        }),
    },
    clock: {
      now: () => clock.now() + tick.skew,
      sleep: (milliseconds, signal) => tick.pass(clock.sleep(milliseconds, signal)),
    },
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    metrics: { add: quiet },
    random: world.random,
  };
}
