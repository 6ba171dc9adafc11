import { iso, noteEntry } from '../lifecycle/report-draft.ts';
import { drainId, type Session } from './session.ts';

/** After a heartbeat that failed: well below any heartbeat timeout (30 s at least). */
const retryMilliseconds = 10_000;

/**
 * Sends heartbeats at a third of the hook's timeout while `work` runs. A heartbeat that fails is tried again and never ends the drain: the
 * timeout leaves room for two more. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RecordLifecycleActionHeartbeat.html
 */
export async function withHeartbeats<T>(session: Session, work: () => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, session.budget.signal]);
  const beating = beat(session, signal);
  try {
    return await work();
  } finally {
    stop.abort();
    await beating;
  }
}

/** When the next heartbeat is due, epoch milliseconds; at once when none was sent yet. */
export function heartbeatDueAt(session: Session): number | undefined {
  if (session.heartbeatEveryMilliseconds === undefined) return undefined;
  return (session.state.heartbeatAt ?? 0) + session.heartbeatEveryMilliseconds;
}

async function beat(session: Session, signal: AbortSignal): Promise<void> {
  const { clock, log } = session.ports;
  while (!signal.aborted && !session.hookLost) {
    const dueAt = heartbeatDueAt(session) ?? clock.now() + retryMilliseconds;
    if (!(await slept(session, dueAt - clock.now(), signal))) return;
    try {
      await sendHeartbeat(session, signal);
    } catch (error) {
      if (signal.aborted) return;
      log.warn('heartbeat failed', { drain: drainId(session.input), error: String(error) });
      if (!(await slept(session, retryMilliseconds, signal))) return;
    }
  }
}

async function sendHeartbeat(session: Session, signal: AbortSignal): Promise<void> {
  const { ports, state, input, report } = session;
  const answer = await ports.autoScaling.recordHeartbeat(input.action, signal);
  const now = ports.clock.now();
  if (answer === 'no-active-action') {
    session.hookLost = true;
    noteEntry(report, 'hook-lost', 'Auto Scaling knows no active lifecycle action for the instance', now);
    return;
  }
  state.heartbeatAt = now;
  state.counts.heartbeats += 1;
  noteEntry(report, 'heartbeat', `lifecycle action extended at ${iso(now)}`, now);
}

async function slept(session: Session, milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    if (milliseconds > 0) await session.ports.clock.sleep(milliseconds, signal);
    return !signal.aborted;
  } catch {
    return false; // the sleep was aborted: the tick is over
  }
}
