import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { synthesize } from '../infra/synthesize.ts';

const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const network = { name: 'blue', vpcId: 'vpc-0aaaaaaaaaaaaaaaa', subnetIds: ['subnet-0aaaaaaaaaaaaaaaa'] };
const alarms = Object.values(
  synthesize({
    networks: [network],
    clusters: [{ name: 'shop', network: 'blue' }],
    audits: { auditLog: { enabled: true } },
  }).findResources('AWS::CloudWatch::Alarm'),
);

test('each alarm names a runbook that there is, and each runbook is of an alarm', () => {
  const [, runbooks = ''] = page.split(/^## Alarms$/m);
  const headings = [...runbooks.matchAll(/^### (\w+)$/gm)].map(([, name]) => String(name).toLowerCase());
  const named = alarms.map(({ Properties }) => /operations\.md#(\w+)$/.exec(Properties.AlarmDescription)?.[1]);
  expect(new Set(headings)).toEqual(new Set(named));
  expect(headings).toHaveLength(new Set(headings).size);
  for (const runbook of runbooks.split(/^### /m).slice(1)) expect(runbook).toMatch(/\*Means.*\*Can wait:\*/s);
});
