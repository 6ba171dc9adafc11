import { noteEntry, noteHeartbeat } from '../lifecycle/report-draft.ts';
import { drainId, type Session } from './session.ts';

/** After a heartbeat that failed: well below any heartbeat timeout (30 s at least). */
const retryMilliseconds = 10_000;

/**
 * Sends heartbeats at a third of the hook's timeout while `work` runs. A heartbeat that fails is tried again and never ends the drain: the
 * timeout leaves room for two more. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RecordLifecycleActionHeartbeat.html
 */
export async function withHeartbeats<T>(session: Session, work: () => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const beating = beat(session, AbortSignal.any([stop.signal, session.limit.signal]));
  try {
    return await work();
  } finally {
    stop.abort();
    await beating;
  }
}

/** When the next heartbeat is due, epoch milliseconds; at once when none was sent yet. */
export function heartbeatDueAt({ hook, state }: Session): number | undefined {
  return hook && (state.heartbeatAt ?? 0) + (hook.heartbeatSeconds * 1000) / 3;
}

async function beat(session: Session, stop: AbortSignal): Promise<void> {
  const { clock, log } = session.ports;
  while (!stop.aborted && !session.hookLost) {
    const dueAt = heartbeatDueAt(session) ?? clock.now() + retryMilliseconds;
    if (!(await slept(session, dueAt - clock.now(), stop))) return;
    try {
      await sendHeartbeat(session);
    } catch (error) {
      if (session.limit.signal.aborted) return;
      log.warn('heartbeat failed', { drain: drainId(session.input), error: String(error) });
      if (!(await slept(session, retryMilliseconds, stop))) return;
    }
  }
}

/** Not ended with the work: a tick that fails at once must still keep the instance waiting for the next. */
async function sendHeartbeat(session: Session): Promise<void> {
  const { ports, state, input, report, limit } = session;
  const answer = await ports.autoScaling.recordHeartbeat(input.action, limit.signal);
  const now = ports.clock.now();
  if (answer === 'no-active-action') {
    session.hookLost = true;
    if (state.noActionSince === null) {
      noteEntry(report, 'hook-lost', 'Auto Scaling knows no active lifecycle action for the instance', now);
    }
    state.noActionSince ??= now;
    return;
  }
  state.noActionSince = null;
  state.heartbeatAt = now;
  state.counts.heartbeats += 1;
  noteHeartbeat(report, now);
}

async function slept(session: Session, milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    if (milliseconds > 0) await session.ports.clock.sleep(milliseconds, signal);
    return !signal.aborted;
  } catch {
    return false; // the sleep was aborted: the tick is over
  }
}
