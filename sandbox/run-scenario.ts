import { readFile } from 'node:fs/promises';
import { realClock } from '../shared/adapters/real-clock.ts';
import { type DrainPolicy, defaultPolicy } from '../shared/lifecycle/policy.ts';
import type { TickOutput } from '../shared/lifecycle/tick.ts';
import type { Outcome, Scenario } from './scenarios/scenario.ts';
import { createStory, type Listener, type Story } from './story/create-story.ts';
import { readEvent } from './world/delivered-event.ts';
import { openWorld, type World } from './world/open-world.ts';
import { populate } from './world/populate.ts';
import { watchAws } from './world/watch-aws.ts';
import { watchCluster } from './world/watch-cluster.ts';

export interface Result {
  outcome: Outcome;
  /** The sentences of the scenario that are not true. */
  broken: string[];
  logFile: string;
}

/** A minute and a half instead of an hour. */
const quickPolicy: Partial<DrainPolicy> = {
  deadlineSeconds: 90,
  reserveSeconds: 5,
  settleSeconds: 1,
  detachSeconds: 30,
};
/** The shortest that Auto Scaling takes. */
const hook = { heartbeatSeconds: 30, defaultResult: 'CONTINUE' as const };
const longestSeconds = 58;

/** Runs a scenario in a world of its own, in real time, and takes it down whatever happens. Throws the signal's reason. */
export async function runScenario(
  scenario: Scenario,
  folder: string,
  listener: Listener,
  stopped: AbortSignal,
): Promise<Result> {
  const over = new AbortController();
  const signal = AbortSignal.any([stopped, over.signal]);
  const policy = { ...defaultPolicy, ...quickPolicy, ...scenario.policy };
  let story: Story | undefined;
  const world = await openWorld({ hook, policy, folder }, (observation) => story?.observe(observation));
  try {
    const { instanceId } = world.action;
    await populate(world.cluster, scenario, instanceId, signal);
    const startedAt = Date.now();
    story = createStory({ policy, startedAt, instanceId }, listener);
    await Promise.race([play(scenario, world, story, signal), story.tell(signal), tooLate(scenario, signal)]);
    story.finish();
    const outcome = await lookBack(world, startedAt);
    const broken = Object.entries(scenario.must).flatMap(([sentence, holds]) => (holds(outcome) ? [] : [sentence]));
    return { outcome, broken, logFile: world.logFile };
  } finally {
    over.abort();
    await world.close();
  }
}

async function tooLate({ name }: Scenario, signal: AbortSignal): Promise<never> {
  await realClock.sleep(longestSeconds * 1000, signal);
  throw new Error(`${name} is not over after ${longestSeconds} s`);
}

/** Rejects when the signal aborts, or what is watched or done meanwhile fails. */
async function play(scenario: Scenario, world: World, { observe }: Story, signal: AbortSignal): Promise<void> {
  const { aws, action, cluster, machine } = world;
  const { terminating = true, events = ['sns-terminate.json'], meanwhile = [] } = scenario;
  const changes = await watchCluster(
    cluster,
    (change) => observe({ at: Date.now(), from: 'kubernetes', change }),
    signal,
  );
  const watched = watchAws(world, observe);
  if (terminating) aws.scaling.terminateInstance(action.instanceId, () => action.token);
  watched.look();

  const deliver = async () => {
    for (const file of events) {
      observe({ at: Date.now(), from: 'delivery', file });
      await world.intake.invoke(readEvent(file), signal);
    }
    await machine.idle();
    watched.look();
  };
  const acts = meanwhile.map(async ({ afterSeconds, act }) => {
    await realClock.sleep(afterSeconds * 1000, signal);
    await act(cluster);
    return endless;
  });
  await Promise.race([deliver(), changes.ended, watched.watch(signal), ...acts]);
}

/** For a race: it never wins it. */
const endless = new Promise<never>(() => {});

async function lookBack({ aws, action, cluster, machine }: World, startedAt: number): Promise<Outcome> {
  const asked = (name: string) => aws.calls.filter(({ operation }) => operation === name);
  const last = machine.list().at(-1)?.output as Extract<TickOutput, { status: 'done' }> | undefined;
  return {
    cluster,
    executions: machine.list().map(({ status }) => status),
    end: last?.end,
    completions: asked('CompleteLifecycleAction').map(({ input }) => String(input.LifecycleActionResult)),
    heartbeats: asked('RecordLifecycleActionHeartbeat').length,
    instanceState: aws.scaling.instance(action.instanceId)?.lifecycleState,
    report: last?.report ? JSON.parse(await readFile(last.report, 'utf8')) : undefined,
    reportFile: last?.report ?? undefined,
    seconds: (Date.now() - startedAt) / 1000,
  };
}
