import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../sandbox/start.ts', import.meta.url));

export interface Ended {
  /** Undefined: it was still there five seconds after it was disturbed. */
  exitCode: number | null | undefined;
  text: string;
  /** The folder that it ran in. */
  cwd: string;
  pid: number;
}

/** `npm start -- …` with its output not a terminal, in a process group of its own; something is done to it when it says so. */
export async function start(
  folder: string,
  args: string[],
  disturb?: { at: string; by: (child: ChildProcess, cwd: string) => void },
): Promise<Ended> {
  const said = Promise.withResolvers<void>();
  const cwd = mkdtempSync(join(folder, 'start-'));
  const { NO_COLOR: _, FORCE_COLOR: __, NODE_OPTIONS: ___, ...env } = process.env;
  const child = spawn(process.execPath, [entry, ...args], { cwd, env, detached: true });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (disturb && text.includes(disturb.at)) said.resolve();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const pid = Number(child.pid);
  if (!disturb) return { exitCode: await ended, text, cwd, pid };
  await Promise.race([said.promise, ended]);
  disturb.by(child, cwd);
  const exitCode = await Promise.race([ended, pause(5_000, undefined, { ref: false })]);
  return { exitCode, text, cwd, pid };
}
