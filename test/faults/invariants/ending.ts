import type { Drain } from '../drain.ts';
import type { World } from '../world.ts';
import { globalTimeoutOf } from './facts.ts';

/** Pauses of the state machine, a tick and a cluster that is taken for unreachable, one after the other. */
const slackSeconds = 1_800;

/** Rejects nothing and resolves never, but breaks the run when a drain outlives its bound. */
export async function endingIsInTime(world: World, signal: AbortSignal): Promise<void> {
  const { clock, journal, drains } = world;
  let before = clock.now();
  let jumpedAt = 0;
  for (;;) {
    await clock.sleep(30_000, signal);
    if (clock.now() - before > 31_000) jumpedAt = clock.now();
    before = clock.now();
    for (const drain of drains) {
      if (drain.result || drain.startedAt === undefined) continue;
      const bound = Math.max(boundOf(world, drain), world.quietAt, jumpedAt) + slackSeconds * 1000;
      if (clock.now() > bound) journal.violate('every drain ends', clock.now(), `${drain.nodeName} goes on`);
    }
  }
}

/** Its own deadline, moved by the turns of all forced deletes. */
function boundOf(world: World, drain: Drain): number {
  const { policy } = world;
  const forced = world.drains.reduce((sum, { seen }) => sum + seen.forced.length, 0);
  const extension = forced * (300 + 600 + 60);
  const seconds = Math.min(globalTimeoutOf(world, drain), policy.deadlineSeconds + extension);
  return (drain.freshAt ?? 0) + seconds * 1000;
}
