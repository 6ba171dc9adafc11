import type { TickPorts, TickSettings } from '../drain/session.ts';
import { terminateTick } from '../drain/terminate-tick.ts';
import type { LifecycleAction } from '../lifecycle/action.ts';
import type { TickInput, TickOutput } from '../lifecycle/tick.ts';

/** One tick's share of the time; what is left over goes on in the next. */
const tickMilliseconds = 600_000;
/** A tick that threw is run again: it is idempotent, and its trouble may pass. */
const mostThrown = 3;
const afterThrownMilliseconds = 2_000;

/**
 * Ticks and waits in this process as the state machine does in AWS, until the drain is over. Throws what a tick threw three times in a row,
 * and the signal's reason.
 */
export async function followDrain(
  action: LifecycleAction,
  execution: string,
  settings: TickSettings,
  ports: TickPorts,
  told: { onTick(output: TickOutput): void; state?: TickInput['state'] },
  signal: AbortSignal,
): Promise<Extract<TickOutput, { status: 'done' }>> {
  const { clock } = ports;
  let input: TickInput = { action, state: told.state ?? null, execution };
  for (let thrown = 0; ; ) {
    let output: TickOutput;
    try {
      output = await terminateTick(input, settings, ports, { endsAt: clock.now() + tickMilliseconds, signal });
    } catch (error) {
      signal.throwIfAborted();
      thrown += 1;
      if (thrown === mostThrown) throw error;
      ports.log.warn('tick failed', { execution, error: String(error) });
      await clock.sleep(afterThrownMilliseconds * thrown, signal);
      continue;
    }
    thrown = 0;
    told.onTick(output);
    if (output.status === 'done') return output;
    input = { ...input, state: output.state };
    await clock.sleep(output.waitSeconds * 1000, signal);
  }
}
