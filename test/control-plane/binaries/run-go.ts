import { NotToBeHadError } from '../not-to-be-had.ts';
import type { Guard } from '../processes/guard.ts';
import { runCommand } from '../processes/run-command.ts';
import type { Environment } from '../test-kubeconfig.ts';
import { moduleFolder } from './artefacts.ts';

export interface Tools {
  env: Environment;
  guard: Guard;
  signal: AbortSignal;
  /** Progress, one line each. */
  say: (line: string) => void;
}

const LINES_TOLD = 12;

/** What a go command prints, run in the module's folder. Throws NotToBeHadError, with the end of its complaints, when it fails. */
export async function runGo(args: readonly string[], { env, guard, signal }: Tools): Promise<string> {
  // Without cgo no C compiler is needed; a workspace of the user's is none of ours.
  const ours = { ...env, CGO_ENABLED: '0', GOWORK: 'off' };
  const options = { cwd: moduleFolder, env: ours, output: 'return', guard, signal } as const;
  const { exitCode, printed, complaints } = await runCommand('go', args, options);
  if (exitCode === 0) return printed.trim();
  const lines = complaints.trimEnd().split('\n').slice(-LINES_TOLD);
  throw new NotToBeHadError([`go ${args.join(' ')} ended with exit code ${exitCode}`, ...lines].join('\n  '));
}

/** For example `go1.26.8`; undefined when there is no Go that can compile the module (it may fetch itself a newer toolchain). */
export async function goVersion(tools: Tools): Promise<string | undefined> {
  try {
    const version = await runGo(['env', 'GOVERSION'], tools);
    return Number(/^go1\.(\d+)/.exec(version)?.[1]) >= 26 ? version : undefined;
  } catch {
    tools.signal.throwIfAborted();
    // Absent, or older than the module asks for and without the leave or the network to fetch another: none, either way.
    return undefined;
  }
}
