import { constants } from 'node:os';

/** Why everything is to be taken down: a signal that this process got. */
export class InterruptedError extends Error {
  override name = 'InterruptedError';
  readonly exitCode: number;
  constructor(signal: NodeJS.Signals) {
    super(`interrupted by ${signal}`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/** Aborted, with an InterruptedError, by Ctrl-C and the other signals that ask a process to end. */
export function interrupts(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => controller.abort(new InterruptedError(signal)));
  return controller.signal;
}
