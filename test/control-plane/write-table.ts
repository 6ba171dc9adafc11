import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { createKubeconfigTransport } from '../../shared/adapters/kubeconfig-transport.ts';
import { catalogue } from '../scenarios/table/catalogue.ts';
import { renderTable } from '../scenarios/table/render-table.ts';
import type { RunRecord } from '../scenarios/table/reporter.ts';
import { missingIn, tally } from '../scenarios/table/tally.ts';

/** Writes docs/scenarios.md from a run of all the tests that passed; returns what is missing in it. */
export function writeTable(record: RunRecord, versions: readonly string[], root: string): string[] {
  const absent = globSync('test/{contract,scenarios,control-plane}/**/*.test.ts', { cwd: root }).filter(
    (file) => !record.files.includes(file),
  );
  const skipped = record.tests.filter(({ state }) => state !== 'passed').map(({ file, title }) => `${file}: ${title}`);
  if (absent.length + skipped.length > 0) return [...absent, ...skipped].map((what) => `${what} was not run`);
  const rows = tally(catalogue, record.tests);
  writeFileSync(join(root, 'docs/scenarios.md'), renderTable(rows, versions));
  return missingIn(rows);
}

/** For example `v1.36.3`, as the API server itself says. */
export async function kubernetesVersion(kubeconfig: string, signal: AbortSignal): Promise<string> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const transport = createKubeconfigTransport(config);
  try {
    const { body } = await transport.request({ method: 'GET', path: '/version' }, signal);
    return (body as { gitVersion: string }).gitVersion;
  } finally {
    transport.close();
  }
}
