import { lastingOf } from '../event.ts';
import type { Violation } from '../journal.ts';
import { tellEvent } from '../tell.ts';
import { actOnLaunch } from './act.ts';
import { deadlinesOf } from './completion.ts';
import type { LaunchFinal } from './final.ts';
import { finalOf } from './final.ts';
import { onLaunchEnd } from './invariants.ts';
import { runLaunch } from './run-launch.ts';
import { type LaunchEvent, type LaunchScenario, onlyKills } from './scenario.ts';
import { type LaunchWorld, openLaunchWorld } from './world.ts';

export interface Launched {
  world: LaunchWorld;
  violation: Violation | undefined;
}

const afterwardsSeconds = 60;
const longestMilliseconds = 100 * 3600 * 1000;
/** Pauses of the state machine, and a tick, one after the other. */
const slackSeconds = 1_800;

/** Plays a launch until it is over, or an invariant is broken; one with nothing but kills is held against one without them. */
export async function playLaunch(scenario: LaunchScenario): Promise<Launched> {
  const launched = await playOnce(scenario);
  if (launched.violation || scenario.events.length === 0 || !onlyKills(scenario)) return launched;
  const unkilled = await playOnce({ ...scenario, events: [] });
  const { journal, clock } = launched.world;
  const difference = unkilled.violation ? undefined : differenceOf(finalOf(launched.world), finalOf(unkilled.world));
  if (difference) journal.violate('a killed tick changes nothing', clock.now(), difference);
  return { world: launched.world, violation: unkilled.violation ?? journal.violations[0] };
}

/** Only of launches that both were completed by us: kills may last until the hook times out. */
function differenceOf(killed: LaunchFinal, unkilled: LaunchFinal): string | undefined {
  if (!killed.comparable || !unkilled.comparable) return undefined;
  const [a, b] = [killed, unkilled].map((final) => JSON.stringify(final));
  return a === b ? undefined : `${a} instead of ${b}`;
}

async function playOnce(scenario: LaunchScenario): Promise<Launched> {
  const world = await openLaunchWorld(scenario);
  const { clock, journal, cluster } = world;
  for (const event of scenario.events) {
    world.quietAt = Math.max(world.quietAt, clock.now() + (event.at + lasting(event)) * 1000);
    void world.sleep(event.at).then(() => {
      journal.note(clock.now(), `── ${tellEvent(event as never)}`);
      (actOnLaunch[event.is] as (world: LaunchWorld, event: LaunchEvent) => void)(world, event);
    });
  }
  const over = new AbortController();
  const watched = endsInTime(world, over.signal);
  const all = runLaunch(world).then(() => lastTicks(world));
  await clock.runUntil(Promise.race([all, journal.broken, watched]), longestMilliseconds);
  if (journal.violations.length === 0) {
    await clock.advance(afterwardsSeconds * 1000);
    onLaunchEnd(world);
  }
  over.abort(new Error('over'));
  for (const tick of world.ticks) tick.kill();
  cluster.stop();
  return { world, violation: journal.violations[0] };
}

function lasting(event: LaunchEvent): number {
  if (event.is === 'node-edited') return event.times;
  if (event.is === 'node-deleted') return event.backAfter === 'never' ? 0 : event.backAfter + 100;
  return lastingOf(event as never);
}

async function lastTicks({ ticks, clock, never }: LaunchWorld): Promise<void> {
  while (ticks.some(({ ended, killed }) => !ended && !killed)) await clock.sleep(1_000, never);
}

/** Resolves never, but breaks the run when a launch outlives its bound. */
async function endsInTime(world: LaunchWorld, signal: AbortSignal): Promise<void> {
  const { clock, journal } = world;
  let before = clock.now();
  let jumpedAt = 0;
  for (;;) {
    await clock.sleep(30_000, signal);
    if (clock.now() - before > 31_000) jumpedAt = clock.now();
    before = clock.now();
    const bound = Math.max(deadlinesOf(world).last, world.quietAt, jumpedAt) + slackSeconds * 1000;
    if (!world.result && clock.now() > bound) journal.violate('every launch ends', clock.now(), 'it goes on');
  }
}
