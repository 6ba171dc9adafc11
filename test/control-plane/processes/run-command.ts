import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { endGroups } from './end-group.ts';
import type { Guard } from './guard.ts';

export interface CommandOptions {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** `show`: straight to our own output. */
  output: 'show' | 'return';
  guard: Guard;
  signal: AbortSignal;
}

export interface Ended {
  /** null: ended by a signal. */
  exitCode: number | null;
  printed: string;
  complaints: string;
}

/**
 * Runs a command to its end, in a process group of its own, so that what it starts ends with it. Throws when it cannot be started, and the
 * signal's reason when it is aborted.
 */
export async function runCommand(command: string, args: readonly string[], options: CommandOptions): Promise<Ended> {
  const { cwd, env, output, guard, signal } = options;
  signal.throwIfAborted();
  const channel = output === 'show' ? 'inherit' : 'pipe';
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', channel, channel] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const { pid, stdout, stderr } = child;
  // It could not be started.
  if (pid === undefined) return { exitCode: await ended, printed: '', complaints: '' };

  const release = guard.over({ group: pid });
  const stop = () => void endGroups([pid]);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const read = (stream: typeof stdout) => (stream ? text(stream) : '');
    const [exitCode, printed, complaints] = await Promise.all([ended, read(stdout), read(stderr)]);
    signal.throwIfAborted();
    return { exitCode, printed, complaints };
  } finally {
    signal.removeEventListener('abort', stop);
    release();
  }
}
