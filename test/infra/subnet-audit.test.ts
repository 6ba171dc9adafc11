import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { inWords, statementsOf, synthesize } from './synthesize.ts';

const topicArn = 'arn:aws:sns:eu-west-1:123456789012:network';
const clusters = [
  { name: 'shop' },
  { name: 'vault', access: 'aws-auth' as const },
  { name: 'own', access: 'none' as const },
];
const template = synthesize({
  clusters,
  audits: {
    clusterAudit: { enabled: false },
    subnetAudit: {
      ...{ schedule: 'cron(0 6 * * ? *)', timezone: 'Europe/Berlin', overdueAfterHours: 30 },
      ...{ waivers: 's3://settings/network/waivers.yaml', topicArn, securityHub: true },
    },
  },
});
const plain = synthesize({ clusters });
const propertiesOf = (from: Template, type: string, part: string) =>
  Object.entries(from.findResources(type)).flatMap(([id, { Properties }]) =>
    id.includes(part) ? [inWords(Properties) as Record<string, never>] : [],
  );
const statements = (from: Template) => statementsOf(from, 'AuditsSubnetFunction');
const actionsOf = (from: Template) => statements(from).flatMap(({ Action }) => Action);

describe('the audit of subnets', () => {
  test('runs when the settings say, and is told what they say', () => {
    expect(propertiesOf(template, 'AWS::Scheduler::Schedule', 'Audits')).toMatchObject([
      {
        ...{ ScheduleExpression: 'cron(0 6 * * ? *)', ScheduleExpressionTimezone: 'Europe/Berlin', State: 'ENABLED' },
        Target: { Arn: '<AuditsSubnetFunction.Arn>', DeadLetterConfig: { Arn: '<AuditsFailures.Arn>' } },
      },
    ]);
    const [audit] = propertiesOf(template, 'AWS::Lambda::Function', 'AuditsSubnet');
    expect(audit).toMatchObject({ Timeout: 600, MemorySize: 512 });
    expect(audit?.Environment).toEqual({
      Variables: {
        ...{ NODE_OPTIONS: '--enable-source-maps', ENL_REPORT_BUCKET: '<Reports>', ENL_TOPIC_ARN: topicArn },
        ...{ ENL_WAIVERS: 's3://settings/network/waivers.yaml', ENL_SECURITY_HUB: 'true' },
      },
    });
  });

  test('may write nothing but its own reports, events as ourselves, and to whom the settings name', () => {
    const writing = statements(template).filter(
      ({ Action }) => ![Action].flat().every((action) => /:(Describe|Get|List)[A-Za-z]+$|^(logs|sqs):/.test(action)),
    );
    const here = '<AWS::Region>:<AWS::AccountId>';
    const own = '<Reports.Arn>/audits/subnet-audit/<AWS::AccountId>/<AWS::Region>/*';
    expect(writing).toEqual([
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: own },
      {
        Effect: 'Allow',
        Action: 'events:PutEvents',
        Resource: `arn:<AWS::Partition>:events:${here}:event-bus/default`,
        Condition: { 'ForAllValues:StringEquals': { 'events:source': ['eks-node-lifecycle'] } },
      },
      { Effect: 'Allow', Action: 'sns:Publish', Resource: topicArn },
      {
        Effect: 'Allow',
        Action: 'securityhub:BatchImportFindings',
        Resource: `arn:<AWS::Partition>:securityhub:${here}:product/<AWS::AccountId>/default`,
      },
    ]);
    const waivers = 'arn:<AWS::Partition>:s3:::settings/network/waivers.yaml';
    expect(statements(template)).toContainEqual({ Effect: 'Allow', Action: 's3:GetObject', Resource: waivers });
  });

  test('may not publish, import or read waivers where the settings do not say so', () => {
    expect(actionsOf(plain).filter((action) => /^(sns|securityhub):/.test(action))).toEqual([]);
    const objects = statements(plain).filter(({ Action }) => [Action].flat().includes('s3:GetObject'));
    expect(objects).toHaveLength(1);
    expect(actionsOf(plain)).toContain('events:PutEvents');
  });

  test('comes into the clusters that are named as somebody who only reads, unless the settings say that it does not', () => {
    const groups = (from: Template) =>
      propertiesOf(from, 'AWS::EKS::AccessEntry', 'Audit').map(({ ClusterName, KubernetesGroups, PrincipalArn }) =>
        [ClusterName, KubernetesGroups, PrincipalArn].join(' '),
      );
    expect(groups(plain)).toEqual(['shop eks-node-lifecycle-audit <AuditsSubnetFunctionRole.Arn>']);
    const rows = Object.entries(plain.findOutputs('*')).filter(([name]) => name.includes('AuditAwsAuthRow'));
    expect(rows.map(([, { Value }]) => inWords(Value))).toEqual([expect.stringContaining('eks-node-lifecycle-audit')]);
    expect(inWords(plain.findOutputs('AuditRoleArn').AuditRoleArn?.Value)).toBe('<AuditsSubnetFunctionRole.Arn>');
    const without = synthesize({ clusters, audits: { subnetAudit: { kubernetes: false } } });
    expect(groups(without)).toEqual([]);
    expect(without.findOutputs('AuditRoleArn')).toEqual({});
    expect(groups(synthesize({ clusters, audits: { subnetAudit: { clusters: ['vault'] } } }))).toEqual([]);
  });

  test.each([
    ['no cluster is named', {}, 0],
    ['the settings turn it off', { clusters, audits: { subnetAudit: { enabled: false } } }, 0],
    ['it has a cluster of its own', { audits: { subnetAudit: { clusters: ['other'] } } }, 1],
  ])('when %s there are so many of it', (_, settings, count) => {
    expect(propertiesOf(synthesize(settings), 'AWS::Lambda::Function', 'AuditsSubnet')).toHaveLength(count);
  });
});

test('its alarms are about what is new, what could not be told, and runs that are missing, and not about what is unknown', () => {
  const alarms = propertiesOf(template, 'AWS::CloudWatch::Alarm', 'SubnetAudit');
  const runbooks = alarms.map(({ AlarmDescription }) => String(AlarmDescription).split('#')[1]);
  expect(runbooks).toEqual(['subnetauditnewfindings', 'subnetauditnottold', 'auditoverdue']);
  const [found, untold, overdue] = alarms;
  expect(JSON.stringify(found)).toMatch(/"critical".*AuditFindingsNew.*"high".*AuditFindingsNew/);
  expect(found).toMatchObject({ Threshold: 0, TreatMissingData: 'notBreaching' });
  expect(untold).toMatchObject({ MetricName: 'AuditTellingsFailed', Threshold: 0, TreatMissingData: 'ignore' });
  expect(overdue).toMatchObject({ EvaluationPeriods: 30, TreatMissingData: 'breaching' });
});
