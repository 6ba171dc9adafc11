import type { HookAction } from '../lifecycle/action.ts';
import type { AutoScalingPort, Clock, HookView, Log } from '../ports.ts';

/** After a heartbeat that failed: well below any heartbeat timeout (30 s at least). */
const retryMilliseconds = 10_000;

/** A piece of work for which a hook holds its instance. */
export interface Beating {
  /** undefined: nothing is known of it yet. */
  hook: HookView | undefined;
  /** Auto Scaling says that our action is no longer active. */
  hookLost: boolean;
  state: { heartbeatAt: number | null; noActionSince: number | null };
  ports: {
    autoScaling: Pick<AutoScalingPort, 'recordHeartbeat'>;
    clock: Clock;
    log: Log;
    metrics: { add(name: 'HeartbeatsFailed', unit: 'Count', value: number): void };
  };
  limit: { signal: AbortSignal };
}

/** What is to be noted of heartbeats; instants are epoch milliseconds. */
export interface HeartbeatNotes {
  sent(at: number): void;
  /** The first time that Auto Scaling knew no active action. */
  lost(at: number): void;
}

/**
 * Sends heartbeats at a third of the hook's timeout while `work` runs. A heartbeat that fails is tried again and never ends the work: the
 * timeout leaves room for two more. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RecordLifecycleActionHeartbeat.html
 */
export async function beatWhile<T>(
  beating: Beating,
  action: HookAction,
  work: () => Promise<T>,
  notes?: HeartbeatNotes,
): Promise<T> {
  const stop = new AbortController();
  const running = beat(beating, action, AbortSignal.any([stop.signal, beating.limit.signal]), notes);
  try {
    return await work();
  } finally {
    stop.abort();
    await running;
  }
}

/** When the next heartbeat is due, epoch milliseconds; at once when none was sent yet. */
export function heartbeatDueAt({ hook, state }: Pick<Beating, 'hook' | 'state'>): number | undefined {
  return hook && (state.heartbeatAt ?? 0) + (hook.heartbeatSeconds * 1000) / 3;
}

/** So many seconds, or fewer: nothing sleeps past the next heartbeat. */
export function untilHeartbeat(beating: Beating, seconds: number): number {
  const dueAt = heartbeatDueAt(beating);
  if (dueAt === undefined || beating.hookLost) return seconds;
  return Math.max(1, Math.min(seconds, Math.floor((dueAt - beating.ports.clock.now()) / 1000)));
}

/** Auto Scaling may lag behind its own event, but not for so long. */
const lagMilliseconds = 60_000;

/** Our action is no longer active although the instance still waits: for another hook, whose work comes after ours. */
export function isHookLost({ state, ports }: Pick<Beating, 'state' | 'ports'>): boolean {
  return state.noActionSince !== null && ports.clock.now() - state.noActionSince >= lagMilliseconds;
}

async function beat(beating: Beating, action: HookAction, stop: AbortSignal, notes?: HeartbeatNotes): Promise<void> {
  const { clock, log, metrics } = beating.ports;
  while (!stop.aborted && !beating.hookLost) {
    const dueAt = heartbeatDueAt(beating) ?? clock.now() + retryMilliseconds;
    if (!(await slept(clock, dueAt - clock.now(), stop))) return;
    try {
      await sendHeartbeat(beating, action, notes);
    } catch (error) {
      if (beating.limit.signal.aborted) return;
      metrics.add('HeartbeatsFailed', 'Count', 1);
      log.warn('heartbeat failed', { instance: action.instanceId, hook: action.hookName, error: String(error) });
      if (!(await slept(clock, retryMilliseconds, stop))) return;
    }
  }
}

/** Not ended with the work: a tick that fails at once must still keep the instance waiting for the next. */
async function sendHeartbeat(beating: Beating, action: HookAction, notes?: HeartbeatNotes): Promise<void> {
  const { ports, state, limit } = beating;
  const answer = await ports.autoScaling.recordHeartbeat(action, limit.signal);
  const now = ports.clock.now();
  if (answer === 'no-active-action') {
    beating.hookLost = true;
    if (state.noActionSince === null) notes?.lost(now);
    state.noActionSince ??= now;
    return;
  }
  state.noActionSince = null;
  state.heartbeatAt = now;
  notes?.sent(now);
}

async function slept(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    if (milliseconds > 0) await clock.sleep(milliseconds, signal);
    return !signal.aborted;
  } catch {
    return false; // the sleep was aborted: the tick is over
  }
}
