import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunRecord } from '../scenarios/table/reporter.ts';
import type { RunArguments } from './arguments.ts';
import type { Tools } from './binaries/run-go.ts';
import { runCommand } from './processes/run-command.ts';
import type { Clusters } from './sources/open-clusters.ts';

/** Whatever needs a cluster; the tests of the sandbox beside it are what it is compared with. */
const tested = ['test/contract', 'test/scenarios', 'test/audit-log', 'test/control-plane'];
/** Real answers take real time, and several files share two cores. */
const patience = ['--testTimeout=30000', '--hookTimeout=60000'];

export const root = fileURLToPath(new URL('../..', import.meta.url));
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const reporter = join(root, 'test/scenarios/table/reporter.ts');

export interface TestRun {
  /** vitest's. */
  exitCode: number;
  /** undefined: vitest did not come to its end. */
  record: RunRecord | undefined;
}

/** Runs vitest on the clusters, with its output shown. Throws when a component of a cluster ends meanwhile. */
export async function runTests(
  { options, filters }: RunArguments,
  clusters: Pick<Clusters, 'bare' | 'full' | 'failed'>,
  recordFile: string,
  { env, guard, signal }: Tools,
): Promise<TestRun> {
  const lost = new AbortController();
  clusters.failed.catch((error: unknown) => lost.abort(error));
  const shown = options.some((option) => option.startsWith('--reporter')) ? [] : ['--reporter=default'];
  const files = filters.length > 0 ? filters : tested;
  const args = [vitest, 'run', ...files, ...patience, ...shown, `--reporter=${reporter}`, ...options];
  const { exitCode } = await runCommand(process.execPath, args, {
    cwd: root,
    env: {
      ...env,
      TEST_KUBECONFIG: clusters.bare,
      TEST_KUBECONFIG_CONTROLLERS: clusters.full,
      SCENARIO_RECORD: recordFile,
    },
    output: 'show',
    guard,
    signal: AbortSignal.any([signal, lost.signal]),
  });
  return { exitCode: exitCode ?? 1, record: readRecord(recordFile) };
}

function readRecord(file: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
