import { basename } from 'node:path';
import type { Column } from './scenarios-in-title.ts';
import type { Tallied } from './tally.ts';

/** docs/scenarios.md. The same results give the same bytes: no dates, no durations. */
export function renderTable(rows: readonly Tallied[], kubernetesVersions: readonly string[]): string {
  const versions = [...new Set(kubernetesVersions)].sort().join(' and ');
  return `# Scenarios of a drain

Written by \`npm run test:cluster\`, from the tests that passed; not by hand. Each scenario is held against the sandbox's model of a cluster and
against a real API server (Kubernetes ${versions}); where the two differ, the sandbox is wrong. A number counts the tests that show the scenario.
*Adapted*: kubectl, Karpenter, Cluster Autoscaler or Cluster API do something else, and the sentence says what we do.

| | scenario | tests | sandbox | real |
|---|---|---|---|---|
${rows.map(renderRow).join('\n')}
`;
}

function renderRow({ scenario, files, passed }: Tallied): string {
  const { number, sentence, adapted } = scenario;
  const links = files.map((file) => `[${basename(file, '.test.ts')}](../${file})`).join(', ');
  const shown = (column: Column) => (passed[column] > 0 ? `✓ ${passed[column]}` : '✗');
  const cells = [number, `${sentence}${adapted ? ' *Adapted.*' : ''}`, links, shown('sandbox'), shown('real')];
  return `| ${cells.join(' | ')} |`;
}
