import { readFile } from 'node:fs/promises';
import { realClock } from '../shared/adapters/real-clock.ts';
import { type DrainPolicy, defaultPolicy } from '../shared/lifecycle/policy.ts';
import type { TickOutput } from '../shared/lifecycle/tick.ts';
import type { Outcome, Scenario } from './scenarios/scenario.ts';
import { createStory, type Listener } from './story/create-story.ts';
import { readEvent } from './world/delivered-event.ts';
import type { Observer } from './world/observation.ts';
import { openWorld, type World } from './world/open-world.ts';
import { populate } from './world/populate.ts';
import { watchAws } from './world/watch-aws.ts';
import { watchCluster } from './world/watch-cluster.ts';

export interface Result {
  outcome: Outcome;
  /** The sentences of the scenario that are not true. */
  broken: string[];
  /** Epoch milliseconds. */
  startedAt: number;
  logFile: string;
}

/** A minute and a half instead of an hour. */
const quickPolicy: Partial<DrainPolicy> = { deadlineSeconds: 90, reserveSeconds: 5, settleSeconds: 1, detachSeconds: 30 };
const quickHook = { heartbeatSeconds: 30, defaultResult: 'CONTINUE' as const };
const longestSeconds = 58;

/** Runs a scenario in a world of its own, in real time, and takes it down whatever happens. Throws the signal's reason. */
export async function runScenario(
  scenario: Scenario,
  folder: string,
  listener: Listener,
  stopped: AbortSignal,
): Promise<Result> {
  const over = new AbortController();
  const signal = AbortSignal.any([stopped, over.signal, AbortSignal.timeout(longestSeconds * 1000)]);
  const policy = { ...defaultPolicy, ...quickPolicy, ...scenario.policy };
  let story: Observer | undefined;
  let ticks = 0;
  const world = await openWorld({ hook: { ...quickHook, ...scenario.hook }, policy, folder }, (observation) => {
    if (observation.from === 'tick') ticks = observation.number;
    story?.(observation);
  });
  try {
    const { cluster, action } = world;
    await populate(cluster, scenario, action.instanceId, signal);
    const startedAt = Date.now();
    const observe = createStory({ policy, startedAt, instanceId: action.instanceId }, listener);
    story = observe;
    const seen = await watchCluster(cluster, (change) => observe({ from: 'kubernetes', change }), signal);
    const aws = watchAws(world, observe);
    const acts = scenario.meanwhile?.map(async ({ afterSeconds, act }) => {
      await realClock.sleep(afterSeconds * 1000, signal);
      await act(cluster);
      return endless;
    });
    await Promise.race([play(scenario, world, observe, aws.look, signal), seen.ended, aws.watch(signal), ...(acts ?? [])]);
    aws.look();
    const outcome = await lookBack(world, ticks, startedAt);
    const broken = Object.entries(scenario.must).flatMap(([sentence, holds]) => (holds(outcome) ? [] : [sentence]));
    return { outcome, broken, startedAt, logFile: world.logFile };
  } finally {
    over.abort();
    await world.close();
  }
}

/** For a race: it never ends it. */
const endless = new Promise<never>(() => {});

async function play(
  { terminating = true, events = ['sns-terminate.json'] }: Scenario,
  { aws, action, intake, machine }: World,
  observe: Observer,
  look: () => void,
  signal: AbortSignal,
): Promise<void> {
  if (terminating) aws.scaling.terminateInstance(action.instanceId, () => action.token);
  look();
  for (const file of events) {
    observe({ from: 'delivery', file });
    await intake.invoke(readEvent(file), signal);
  }
  await machine.idle();
}

async function lookBack({ aws, action, cluster, machine }: World, ticks: number, startedAt: number): Promise<Outcome> {
  const executions = machine.list().map(({ name, status, output }) => ({ name, status, output: output as TickOutput }));
  const last = executions.map(({ output }) => output).find((output) => output?.status === 'done');
  const asked = (name: string) => aws.calls.filter(({ operation }) => operation === name);
  return {
    cluster,
    executions: executions.map(({ name, status }) => ({ name, status })),
    end: last?.end,
    ticks,
    completions: asked('CompleteLifecycleAction').map(({ input }) => String(input.LifecycleActionResult)),
    heartbeats: asked('RecordLifecycleActionHeartbeat').length,
    instanceState: aws.scaling.instance(action.instanceId)?.lifecycleState,
    reportFile: last?.report ?? undefined,
    report: last?.report ? JSON.parse(await readFile(last.report, 'utf8')) : undefined,
    seconds: (Date.now() - startedAt) / 1000,
  };
}
