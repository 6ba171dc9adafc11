import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArguments, type RunArguments } from './arguments.ts';
import type { Tools } from './binaries/run-go.ts';
import { NotToBeHadError } from './not-to-be-had.ts';
import { startGuard } from './processes/guard.ts';
import { InterruptedError, interrupts } from './processes/interrupts.ts';
import { root, runTests } from './run-tests.ts';
import { say } from './say.ts';
import { openClusters, planClusters } from './sources/open-clusters.ts';
import { RefusedKubeconfigError } from './test-kubeconfig.ts';
import { waysToGetOne } from './ways-to-get-one.ts';
import { kubernetesVersion, writeTable } from './write-table.ts';

const help = `npm run test:cluster -- [FILE …] [--check] [--keep] [option of vitest …]

Runs test/contract, test/scenarios, test/audit-log and test/control-plane against real Kubernetes control planes and the sandbox, and
writes docs/scenarios.md. With FILE, or another option that narrows the run, only those tests run and nothing is written. An option of vitest
takes its value behind "=".

  --check   says where the clusters would come from and ends: 0 when they can be had, 2 when not
  --keep    leaves the folders with the logs of what was started

${waysToGetOne}
Ends with vitest's exit code, 1 when a scenario has no passing test, 2 when there is no cluster.
`;

/** `npm run test:cluster`. */
async function main(): Promise<number> {
  const wanted = parseArguments(process.argv.slice(2));
  if (wanted.help) {
    process.stdout.write(help);
    return 0;
  }
  const tools = { env: process.env, guard: startGuard(), signal: interrupts(), say };
  try {
    if (!wanted.check) return await testOnClusters(wanted, tools);
    await planClusters(tools);
    return 0;
  } catch (error) {
    if (error instanceof InterruptedError) return error.exitCode;
    say((error as Error).message);
    const none = error instanceof NotToBeHadError || error instanceof RefusedKubeconfigError;
    if (none) process.stderr.write(`\n${waysToGetOne}`);
    return none ? 2 : 1;
  }
}

async function testOnClusters(wanted: RunArguments, tools: Tools): Promise<number> {
  const clusters = await openClusters(tools, wanted.keep);
  const folder = mkdtempSync(join(tmpdir(), 'test-cluster-'));
  try {
    const files = [clusters.bare, clusters.full];
    const versions = await Promise.all(files.map((file) => kubernetesVersion(file, tools.signal)));
    const { exitCode, record } = await runTests(wanted, clusters, join(folder, 'record.json'), tools);
    if (exitCode !== 0 || wanted.narrowed) {
      say('docs/scenarios.md is left as it is');
      return exitCode;
    }
    if (!record) throw new Error('vitest left no record of what it ran');
    const missing = writeTable(record, versions, root);
    for (const line of missing) say(line);
    say(`docs/scenarios.md ${missing.length > 0 ? `lacks ${missing.length}` : 'is written: every scenario is shown'}`);
    return missing.length > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true });
    await clusters.close();
  }
}

process.exitCode = await main();
