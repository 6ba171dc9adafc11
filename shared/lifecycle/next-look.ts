/** How long to sleep until the next tick, in whole seconds, and why the tick may end at all. */
const firstSeconds = 5;
const mostSeconds = 120;

/** A tick that saw nothing change for this long hands over to the state machine, which waits for nothing. */
export const quietMilliseconds = 20_000;

/** A pod whose grace period ends within this time is about to change: stay and watch. */
const soonMilliseconds = 60_000;

/**
 * Grows with the time without progress, from 5 to 120 seconds, and never sleeps past an instant in `notPast` (force moment, deadline; epoch
 * milliseconds).
 */
export function nextLookSeconds(progressAt: number, notPast: readonly (number | undefined)[], now: number): number {
  const idleSeconds = Math.max(0, now - progressAt) / 1000;
  const grown = Math.min(mostSeconds, Math.max(firstSeconds, idleSeconds / 4));
  const untilSeconds = notPast.filter((at) => at !== undefined).map((at) => (at - now) / 1000);
  return Math.max(1, Math.floor(Math.min(grown, ...untilSeconds)));
}

/** Is a pod about to go? Then the tick stays, however quiet it is. */
export function changeIsNear(pods: readonly { deletionAt: number | undefined }[], now: number): boolean {
  return pods.some(
    ({ deletionAt = Number.POSITIVE_INFINITY }) => deletionAt - now <= soonMilliseconds && now - deletionAt <= 5_000,
  );
}
