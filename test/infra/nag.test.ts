import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { buildApp } from '../../infra/build-app.ts';
import { settingsSchema } from '../../infra/settings/schema.ts';
import { acknowledged } from './acknowledged.ts';
import { inlineCode } from './synthesize.ts';

interface Report {
  pluginReports: { violations: { ruleName: string; violatingConstructs: { constructPath: string }[] }[] }[];
}

/** What the rules of AWS Solutions say of a stack with everything in it, as `rule construct`. */
function violations(): { rule: string; construct: string }[] {
  const outdir = mkdtempSync(join(tmpdir(), 'nag-'));
  try {
    const settings = settingsSchema.parse({
      clusters: [
        { name: 'demo', groups: [{ name: 'demo-workers' }] },
        { name: 'inner', network: 'inner' },
      ],
      networks: [{ name: 'inner', vpcId: 'vpc-12345678', subnetIds: ['subnet-12345678'] }],
      loadBalancers: 'deregister',
      audits: { auditLog: { enabled: true } },
    });
    const { app } = buildApp(settings, { outdir, codeOf: inlineCode });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).toThrow('(AwsSolutions)');
    const { pluginReports }: Report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
    return pluginReports.flatMap(({ violations }) =>
      violations.flatMap(({ ruleName: rule, violatingConstructs }) =>
        violatingConstructs.map(({ constructPath: construct }) => ({ rule, construct })),
      ),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

test('cdk-nag finds nothing in the stack but what is acknowledged with a reason, and nothing is acknowledged in vain', {
  timeout: 60_000,
}, () => {
  const found = violations();
  const isMeant = ({ rule, construct }: { rule: string; construct: string }, by: (typeof acknowledged)[number]) =>
    by.rule.test(rule) && by.construct.test(construct);
  expect(found.filter((each) => !acknowledged.some((by) => isMeant(each, by)))).toEqual([]);
  expect(acknowledged.filter((by) => !found.some((each) => isMeant(each, by)))).toEqual([]);
});
