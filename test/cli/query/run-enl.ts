import { type ChildProcess, execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { vi } from 'vitest';
import { createProgram } from '../../../cli/program.ts';

const entry = fileURLToPath(new URL('../../../cli/enl.ts', import.meta.url));

export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** Its command line and all that follows, in this process: tests that use it are not run at once. */
export async function enl(...args: string[]): Promise<Ended> {
  const ended: Ended = { code: 0, out: '', err: '' };
  const writing = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    ended.err += text;
    return true;
  });
  const out = (text: string) => {
    ended.out += text;
  };
  const program = createProgram({ out });
  throwing(program);
  try {
    await program.parseAsync(['query', ...args], { from: 'user' });
    ended.code = Number(process.exitCode ?? 0);
  } catch (error) {
    // What commander says has been written; it would have ended the process.
    if (!(error instanceof Error && 'exitCode' in error)) throw error;
    ended.code = 3;
  } finally {
    process.exitCode = undefined;
    writing.mockRestore();
  }
  return ended;
}

function throwing(command: Command): void {
  command.exitOverride();
  for (const each of command.commands) throwing(each);
}

/** As a process, with nothing of AWS in its environment but what is given. */
export function enlProcess(
  args: readonly string[],
  { env = {}, onStart }: { env?: Record<string, string>; onStart?: (child: ChildProcess) => void } = {},
): Promise<Ended> {
  const own = { PATH: process.env.PATH, HOME: '/nowhere', AWS_EC2_METADATA_DISABLED: 'true', NO_COLOR: '1', ...env };
  return new Promise((resolve) => {
    const options = { timeout: 60_000, env: own, maxBuffer: 2 ** 28 };
    const child = execFile(process.execPath, [entry, 'query', ...args], options, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
    onStart?.(child);
  });
}
