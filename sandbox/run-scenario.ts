import { realClock } from '../shared/adapters/real-clock.ts';
import { defaultLaunchPolicy, type LaunchPolicy } from '../shared/lifecycle/launch.ts';
import { defaultNoticePolicy } from '../shared/lifecycle/notice-policy.ts';
import { type DrainPolicy, defaultPolicy } from '../shared/lifecycle/policy.ts';
import { lookBack } from './look-back.ts';
import type { Outcome, Scenario } from './scenarios/scenario.ts';
import { createFleetStory } from './story/create-fleet-story.ts';
import { createStory } from './story/create-story.ts';
import type { Listener, Story } from './story/create-teller.ts';
import { deliveredAction } from './world/delivered-event.ts';
import { liveLaunchedInstances } from './world/launched-instances.ts';
import { balanceNodes } from './world/load-balancer-controller.ts';
import { lostInstances } from './world/lost-instances.ts';
import type { Observation, Observer } from './world/observation.ts';
import { clusterName } from './world/open-deployment.ts';
import { openStage } from './world/open-stage.ts';
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

interface Telling {
  story: Story;
  seen: readonly Observation[];
}

/** A minute and a half instead of an hour. */
const quickPolicy: Partial<DrainPolicy> = {
  deadlineSeconds: 90,
  reserveSeconds: 5,
  settleSeconds: 1,
  detachSeconds: 30,
};
const quickLaunches: Partial<LaunchPolicy> = { deadlineSeconds: 40, reserveSeconds: 2 };
/** The shortest that Auto Scaling takes. */
const hook = { heartbeatSeconds: 30, defaultResult: 'CONTINUE' as const };
const longestSeconds = 58;

/**
 * Runs a scenario in a world of its own, in real time, and takes it down whatever happens. Throws the signal's reason. `built`: with the
 * functions that `npm run build` has left there.
 */
export async function runScenario(
  scenario: Scenario,
  folder: string,
  listener: Listener,
  stopped: AbortSignal,
  built?: string,
): Promise<Result> {
  const over = new AbortController();
  const signal = AbortSignal.any([stopped, over.signal]);
  const policy = { ...defaultPolicy, ...quickPolicy, ...scenario.policy };
  const launchPolicy = { ...defaultLaunchPolicy, ...quickLaunches, ...scenario.launchPolicy };
  const { instanceId } = deliveredAction(scenario.about);
  const inService = scenario.about !== 'sns-launch.json';
  const notices = { ...defaultNoticePolicy, ...scenario.notices };
  let story: Story | undefined;
  const seen: Observation[] = [];
  const world = await openWorld({ hook, policy, launchPolicy, notices, inService, folder, built }, (observation) =>
    story?.observe(observation),
  );
  try {
    await populate(world.cluster, scenario, instanceId, signal);
    const startedAt = Date.now();
    const newStory = scenario.fleet ? createFleetStory : createStory;
    const told = newStory({ policy, startedAt, instanceId }, listener);
    const observe: Observer = (observation) => {
      seen.push(observation);
      told.observe(observation);
    };
    story = { ...told, observe };
    await Promise.race([play(scenario, world, { story, seen }, signal), story.tell(signal), tooLate(scenario, signal)]);
    story.finish();
    const outcome = { ...(await lookBack(world, instanceId, startedAt)), seen };
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
async function play(scenario: Scenario, world: World, { story, seen }: Telling, signal: AbortSignal): Promise<void> {
  const { cluster } = world;
  const { observe } = story;
  const { meanwhile = [], script = deliverAll(scenario) } = scenario;
  const changes = await watchCluster(
    cluster,
    (change) => observe({ at: Date.now(), from: 'kubernetes', change }),
    signal,
  );
  const watched = watchAws(world, observe);
  const stage = openStage(world, { observe, look: watched.look }, signal);
  const instances = liveLaunchedInstances({ ...world, clusterName }, signal);
  const lost = lostInstances(world, observe, signal);
  const balanced = balanceNodes({ balancing: world.aws.balancing, cluster }, signal);

  const perform = async () => {
    await script({ ...stage, begin: watched.look });
    await stage.settled();
    watched.look();
  };
  const acts = meanwhile.map(async ({ once, act }) => {
    await stage.until(() => once(seen, cluster));
    await act(cluster);
    return endless;
  });
  await Promise.race([perform(), changes.ended, watched.watch(signal), instances, lost, balanced, ...acts]);
}

/** What happens unless a scenario says otherwise: Auto Scaling terminates the instance, and every event is delivered. */
function deliverAll({
  terminating = true,
  events = ['sns-terminate.json'],
}: Scenario): NonNullable<Scenario['script']> {
  return async ({ aws, action, begin, deliver }) => {
    if (terminating) aws.scaling.terminateInstance(action.instanceId, () => action.token);
    begin();
    for (const file of events) await deliver(file);
  };
}

/** For a race: it never wins it. */
const endless = new Promise<never>(() => {});
