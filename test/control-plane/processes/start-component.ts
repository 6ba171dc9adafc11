import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endGroups } from './end-group.ts';
import type { Guard } from './guard.ts';

export interface Component {
  name: string;
  command: string;
  args: readonly string[];
}

export interface RunningComponent {
  name: string;
  /** Rejects, with its last log lines, when it ends without having been stopped. Never resolves. */
  failed: Promise<never>;
  stop(): Promise<void>;
}

const LINES_TOLD = 8;

/**
 * Starts a process in a group of its own, with its output in `<folder>/<name>.log`. It sees none of our environment: etcd and kwok would
 * take their settings from it.
 */
export function startComponent(component: Component, { folder, guard }: { folder: string; guard: Guard }) {
  const { name, command, args } = component;
  const log = join(folder, `${name}.log`);
  const output = openSync(log, 'a');
  const env = { PATH: process.env.PATH, HOME: folder, TMPDIR: folder };
  const child = spawn(command, args, { cwd: folder, env, detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  const release = child.pid === undefined ? () => {} : guard.over({ group: child.pid });

  let stopping = false;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => resolve(`ended ${signal ? `by ${signal}` : `with exit code ${code}`}`));
  });
  const failed = ended.then((how): Promise<never> => {
    if (stopping) return new Promise(() => {});
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LINES_TOLD);
    throw new Error([`${name} ${how}. The end of its log:`, ...lines].join('\n  '));
  });
  // Whoever waits for it is told; before that, nobody is.
  failed.catch(() => {});

  async function stop(): Promise<void> {
    stopping = true;
    if (child.pid !== undefined) {
      await endGroups([child.pid]);
      await ended;
    }
    release();
  }
  return { name, failed, stop } satisfies RunningComponent;
}
