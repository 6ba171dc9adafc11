import { applyEvent } from './apply-event.ts';
import { drainOf } from './drain.ts';
import { lastingOf } from './event.ts';
import { onEnd } from './invariants/all.ts';
import { endingIsInTime } from './invariants/ending.ts';
import type { Violation } from './journal.ts';
import { runDrain } from './run-drain.ts';
import { runNotice } from './run-notice.ts';
import type { Scenario } from './scenario.ts';
import { tellEvent } from './tell.ts';
import { instanceIdOf, nodeNameOf, openWorld, type World } from './world.ts';

export interface Ran {
  world: World;
  violation: Violation | undefined;
}

/** After the last drain: what was still under way comes to its end. */
const afterwardsSeconds = 60;
/** An upper bound for the clock: a drain that outlives it has long broken its own. */
const longestMilliseconds = 100 * 3600 * 1000;

/** Plays a scenario from the first termination until every drain is over, or an invariant is broken. */
export async function runScenario(scenario: Scenario): Promise<Ran> {
  const world = await openWorld(scenario);
  const { clock, journal, drains, cluster } = world;
  scenario.nodes.forEach(({ group }, index) => {
    drains.push(drainOf(index, group, instanceIdOf(index), nodeNameOf(index)));
  });
  for (const event of scenario.events) {
    void world.sleep(event.at).then(() => {
      journal.note(clock.now(), `── ${tellEvent(event)}`);
      world.quietAt = Math.max(world.quietAt, clock.now() + lastingOf(event) * 1000);
      applyEvent(world, event);
    });
  }
  const over = new AbortController();
  const watched = endingIsInTime(world, over.signal);
  const hooked = drains.map((drain) => runDrain(world, drain));
  const noticed = scenario.notices.map((spec, index) => runNotice(world, index, spec));
  const all = Promise.all([...hooked, ...noticed]).then(() => lastTicks(world));
  await clock.runUntil(Promise.race([all, journal.broken, watched]), longestMilliseconds);
  if (journal.violations.length === 0) {
    await clock.advance(afterwardsSeconds * 1000);
    onEnd(world);
  }
  over.abort(new Error('over'));
  for (const { ticks } of drains) for (const tick of ticks) tick.kill();
  cluster.stop();
  return { world, violation: journal.violations[0] };
}

/** Doubles and ticks that were given up go on for as long as their function may. */
async function lastTicks(world: World): Promise<void> {
  while (world.drains.some(({ ticks }) => ticks.some(({ ended, killed }) => !ended && !killed))) {
    await world.clock.sleep(1_000, world.never);
  }
}
