import { CommandError } from './command-error.ts';
import { explainAwsError } from './explain-aws-error.ts';

export interface Running {
  /** Aborts at the first Ctrl-C, with an InterruptedError as its reason. */
  signal: AbortSignal;
  /** Said at the first Ctrl-C, and what is left at the second; a command sets them when it has begun to change things. */
  onInterrupt: { first: string; second: () => string };
}

export class InterruptedError extends Error {
  override name = 'InterruptedError';
}

/** Usage or access: nothing was done, or no more could be. */
export const usageExitCode = 3;
export const interruptedExitCode = 130;

/** Runs what answers an exit code. What it throws is one line and the next step; Ctrl-C stops it, and a second one ends the process. */
export async function runCommand(act: (running: Running) => Promise<number>): Promise<void> {
  const stopped = new AbortController();
  const running: Running = {
    signal: stopped.signal,
    onInterrupt: { first: 'stopping; nothing was changed', second: () => 'left at once' },
  };
  const interrupt = () => {
    if (stopped.signal.aborted) {
      tell(running.onInterrupt.second());
      process.exit(interruptedExitCode);
    }
    tell(running.onInterrupt.first);
    stopped.abort(new InterruptedError('interrupted'));
  };
  // A terminal that is closed and a job that is called off undo no less than Ctrl-C does.
  const stops = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const stop of stops) process.on(stop, interrupt);
  // Whoever reads may have enough, as `head` does.
  process.stdout.once('error', () => process.exit(process.exitCode ?? 0));
  try {
    process.exitCode = await act(running);
  } catch (error) {
    process.exitCode = stopped.signal.aborted ? interruptedExitCode : usageExitCode;
    if (!stopped.signal.aborted) tell(...linesOf(error));
  } finally {
    for (const stop of stops) process.off(stop, interrupt);
  }
}

/** On stderr, since stdout is for data. */
export function tell(text: string, ...more: string[]): void {
  process.stderr.write(`${[`enl: ${text}`, ...more].join('\n')}\n`);
}

function linesOf(error: unknown): [string, ...string[]] {
  if (error instanceof CommandError) return [error.message, ...(error.next ? [error.next] : [])];
  const { text, next } = explainAwsError(error);
  return [text.split('\n')[0] ?? '', ...(next ? [next] : [])];
}
