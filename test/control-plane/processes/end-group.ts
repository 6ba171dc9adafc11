import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE_MS = 5_000;
const LOOK_EVERY_MS = 25;

/** Ends process groups, all at the same time: SIGTERM, and SIGKILL for what is still there after five seconds. */
export async function endGroups(groups: readonly number[]): Promise<void> {
  for (const group of groups) send(group, 'SIGTERM');
  for (let waited = 0; waited < PATIENCE_MS && groups.some((group) => send(group, 0)); waited += LOOK_EVERY_MS)
    await delay(LOOK_EVERY_MS);
  for (const group of groups) send(group, 'SIGKILL');
}

/** False: nothing is left of the group. */
function send(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch (error) {
    // macOS says EPERM of a group whose last process has ended and was not waited for yet.
    if (['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
