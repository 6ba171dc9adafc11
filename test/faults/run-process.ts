import type { TickLimit } from '../../shared/drain/session.ts';
import type { Clock } from '../../shared/ports.ts';
import type { Stage } from './stage.ts';
import type { Process } from './tick.ts';

/** As the functions are configured: 300 s, of which 120 s are kept to wrap up and 5 s to answer after an abort. */
const functionSeconds = 300;
const wrapUpSeconds = 120;
const abortSeconds = 5;

const quiet = () => {};

/** Runs a tick as Lambda does; `tick.heard` is what becomes of it. */
export function runProcess<Output>(
  { clock, journal }: Stage,
  tick: Process<Output>,
  work: (limit: TickLimit) => Promise<Output>,
  on: { said(output: Output): string; thrown(error: unknown): void },
): void {
  const timeUp = new AbortController();
  const over = new AbortController();
  const limit = { endsAt: clock.now() + tick.skew + (functionSeconds - wrapUpSeconds) * 1000, signal: timeUp.signal };
  const at = (seconds: number, act: () => void) =>
    clock.sleep(seconds * 1000, over.signal).then(async () => {
      await tick.standStill();
      if (!tick.ended) act();
    }, quiet);
  void at(functionSeconds - abortSeconds, () => timeUp.abort(new Error('the time is up')));
  clock.sleep(functionSeconds * 1000, over.signal).then(() => tick.kill(), quiet);
  tick.gone.addEventListener('abort', () => {
    for (const each of [timeUp, over]) each.abort(tick.gone.reason);
  });
  work(limit).then(
    (output) => end({ output }, on.said(output)),
    (error: unknown) => {
      if (tick.killed) return;
      if (!timeUp.signal.aborted) on.thrown(error);
      end({ error }, `fails: ${error}`);
    },
  );

  function end(heard: Parameters<Process<Output>['tell']>[0], text: string): void {
    if (tick.killed) return;
    tick.ended = true;
    over.abort(new Error('over'));
    journal.note(clock.now(), `${tick.name} ${text}`);
    tick.tell(heard);
  }
}

/** The clock as the process sees it. */
export function clockOf({ clock }: Stage, tick: Process): Clock {
  return {
    now: () => clock.now() + tick.skew,
    sleep: (milliseconds, signal) => tick.pass(clock.sleep(milliseconds, signal)),
  };
}

export const quietLog = { debug: quiet, info: quiet, warn: quiet, error: quiet };
export const quietMetrics = { add: quiet };
