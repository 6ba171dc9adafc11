import { inTime } from '../drain/in-time.ts';
import { type LaunchSession, launchId } from './launch-session.ts';

/** As long as all pauses of a call that is throttled; giving up takes five such calls in a row, for which a tick keeps time. */
const mostMilliseconds = 15_000;

/** What helps and is not needed: `unknown` when it cannot be had, or not soon. */
export async function tried<T>(
  { ports, limit, input }: LaunchSession,
  what: string,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T | 'unknown'> {
  const { clock, log } = ports;
  const notLooked = (error: string) => log.warn('not looked at', { launch: launchId(input), what, error });
  try {
    const answer = await inTime(ask, clock.now() + mostMilliseconds, clock, limit.signal);
    if (answer !== 'late') return answer;
    notLooked(`no answer within ${mostMilliseconds / 1000} s`);
  } catch (error) {
    limit.signal.throwIfAborted();
    notLooked(String(error));
  }
  return 'unknown';
}
