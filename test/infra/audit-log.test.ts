import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import type { SettingsInput } from '../../infra/settings/schema.ts';
import { auditLogDefinition } from '../../sandbox/audit-log-definition.ts';
import { parseAuditLogSettings } from '../../shared/settings/audit-log.ts';
import { definitionsOf, inWords, statementsOf, synthesize, TICK_ARN } from './synthesize.ts';

const topicArn = 'arn:aws:sns:eu-west-1:123456789012:security';
const onCall = 'arn:aws:sns:eu-west-1:123456789012:on-call';
const others = { clusterAudit: { enabled: false }, subnetAudit: { enabled: false } };
const auditLog = (settings: NonNullable<SettingsInput['audits']>['auditLog']): SettingsInput => ({
  alarmTopicArn: onCall,
  audits: { ...others, auditLog: { enabled: true, ...settings } },
});
const template = synthesize(
  auditLog({
    ...{ schedule: 'cron(0 6 * * ? *)', timezone: 'Europe/Berlin', overdueAfterHours: 30 },
    ...{ clusters: ['shop', 'vault', 'shop'], queries: ['Q06', 'exec'], overlapMinutes: 30, maxGigabytes: 7 },
    ...{ waivers: 's3://settings/logs/waivers.yaml', topicArn, securityHub: true },
  }),
);
const plain = synthesize(auditLog({}));

const propertiesOf = (from: Template, type: string, part: string) =>
  Object.entries(from.findResources(type)).flatMap(([id, { Properties }]) =>
    id.includes(part) ? [inWords(Properties) as Record<string, never>] : [],
  );
const here = '<AWS::Region>:<AWS::AccountId>';
const logs = (group: string) => `arn:<AWS::Partition>:logs:${here}:log-group:${group}`;
const allow = (Action: string | string[], Resource: string | string[]) => ({ Effect: 'Allow', Action, Resource });

describe('the queries of logs', () => {
  test('are begun by the schedule of the settings, again for an hour, and kept in the queue when they cannot be', () => {
    expect(propertiesOf(template, 'AWS::Scheduler::Schedule', 'Audits')).toMatchObject([
      {
        ...{ ScheduleExpression: 'cron(0 6 * * ? *)', ScheduleExpressionTimezone: 'Europe/Berlin', State: 'ENABLED' },
        Target: {
          Arn: '<AuditsLogMachine>',
          Input: '{}',
          DeadLetterConfig: { Arn: '<AuditsFailures.Arn>' },
          RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 10 },
        },
      },
    ]);
  });

  test('are begun by a role that may start the machine and fill the queue, and nothing else', () => {
    const policies = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
      JSON.stringify(Properties.Roles).includes('SchedulerRole'),
    );
    const statements = policies.flatMap(({ Properties }) => inWords(Properties.PolicyDocument.Statement));
    expect(statements).toEqual([
      allow('states:StartExecution', '<AuditsLogMachine>'),
      allow('sqs:SendMessage', '<AuditsFailures.Arn>'),
    ]);
  });

  test('run in a traced machine that logs errors, as the sandbox has it, and may do what it does', () => {
    const machines = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
    const definition = auditLogDefinition(TICK_ARN);
    expect(definitionsOf(template)).toContain(definition);
    const own = machines[definitionsOf(template).indexOf(definition)]?.Properties;
    expect(own).toMatchObject({
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ERROR' },
    });
    const rights = statementsOf(template, 'AuditsLogMachine').filter(
      ({ Action }) => ![Action].flat().every((action) => /^(logs|xray):/.test(action)),
    );
    expect(rights).toEqual([
      allow('lambda:InvokeFunction', ['<AuditsLogFunction.Arn>', '<AuditsLogFunction.Arn>:*']),
      allow('states:ListExecutions', '<AuditsLogMachine>'),
    ]);
  });

  test('are told what the settings say, in words that the function reads back', () => {
    const [tick] = propertiesOf(template, 'AWS::Lambda::Function', 'AuditsLog');
    const { Variables = {} }: { Variables?: Record<string, string> } = tick?.Environment ?? {};
    const { NODE_OPTIONS, ...own } = Variables;
    expect(own).toEqual({
      ...{
        ENL_CLUSTER_NAMES: 'shop,vault',
        ENL_QUERIES: 'Q06,exec',
        ENL_OVERLAP_MINUTES: '30',
        ENL_MAX_GIGABYTES: '7',
      },
      ...{ ENL_REPORT_BUCKET: '<Reports>', ENL_TOPIC_ARN: topicArn, ENL_SECURITY_HUB: 'true' },
      ENL_WAIVERS: 's3://settings/logs/waivers.yaml',
    });
    const read = parseAuditLogSettings({ ...own, ENL_REPORT_BUCKET: 'reports' });
    expect(read).toMatchObject({ clusterNames: ['shop', 'vault'], queries: ['Q06', 'exec'], firstWindowHours: 24 });
    expect(tick).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Timeout: 300 });
  });
});

describe('their rights', () => {
  const reading = (from: Template) =>
    statementsOf(from, 'AuditsLogFunction').filter(({ Action }) =>
      [Action].flat().some((action) => /^eks:|^logs:(?!CreateLogStream|PutLogEvents)/.test(action)),
    );
  const always = [allow(['logs:GetQueryResults', 'logs:StopQuery'], '*'), allow('logs:DescribeLogGroups', logs('*'))];

  test('are to read the logs of the clusters that are named, and of no other', () => {
    expect(reading(template)).toEqual([
      allow('logs:StartQuery', [logs('/aws/eks/shop/cluster:*'), logs('/aws/eks/vault/cluster:*')]),
      ...always,
      allow(
        'eks:DescribeCluster',
        ['shop', 'vault'].map((name) => `arn:<AWS::Partition>:eks:${here}:cluster/${name}`),
      ),
    ]);
  });

  test('are to read those of any cluster where none is named, and of nothing else', () => {
    expect(reading(plain)).toEqual([
      allow('logs:StartQuery', logs('/aws/eks/*/cluster:*')),
      ...always,
      allow('eks:DescribeCluster', `arn:<AWS::Partition>:eks:${here}:cluster/*`),
      allow('eks:ListClusters', '*'),
    ]);
  });

  test('are to read that of a trail, too, where one is named', () => {
    const [start] = reading(synthesize(auditLog({ clusters: ['shop'], cloudTrailLogGroup: 'trail' })));
    expect(start).toEqual(allow('logs:StartQuery', [logs('/aws/eks/shop/cluster:*'), logs('trail:*')]));
  });

  test('are to write nothing but their own reports, events as ourselves, and to whom the settings name', () => {
    const told = (from: Template) =>
      statementsOf(from, 'AuditsLogFunction').filter(({ Action }) => !/^(logs|eks):/.test([Action].flat()[0] ?? ''));
    const own = '<Reports.Arn>/audits/audit-log/<AWS::AccountId>/<AWS::Region>/*';
    const usual = [
      allow(['s3:GetObject', 's3:PutObject'], own),
      allow('s3:ListBucket', '<Reports.Arn>'),
      {
        ...allow('events:PutEvents', `arn:<AWS::Partition>:events:${here}:event-bus/default`),
        Condition: { 'ForAllValues:StringEquals': { 'events:source': ['eks-node-lifecycle'] } },
      },
    ];
    expect(told(plain)).toEqual(usual);
    const hub = `arn:<AWS::Partition>:securityhub:${here}:product/<AWS::AccountId>/default`;
    expect(told(template)).toEqual([
      ...usual.slice(0, 2),
      allow('s3:GetObject', 'arn:<AWS::Partition>:s3:::settings/logs/waivers.yaml'),
      ...usual.slice(2),
      allow('sns:Publish', topicArn),
      allow('securityhub:BatchImportFindings', hub),
    ]);
  });
});

test('what they put away of the log during a run is deleted after a week, and reports when the settings say', () => {
  const [bucket] = propertiesOf(synthesize({ reports: { days: 90 } }), 'AWS::S3::Bucket', 'Reports');
  expect(bucket?.LifecycleConfiguration).toEqual({
    Rules: [
      { ExpirationInDays: 90, Status: 'Enabled' },
      { ExpirationInDays: 7, Prefix: 'audits/audit-log/<AWS::AccountId>/<AWS::Region>/runs/', Status: 'Enabled' },
    ],
  });
  expect(() => synthesize({ reports: { days: 7 } })).toThrow(/from 8 to 3650/);
});

test('their alarms are about what is new, what is not known, what could not be told, runs that failed and runs that are missing', () => {
  const alarms = propertiesOf(template, 'AWS::CloudWatch::Alarm', 'AuditLog');
  const runbooks = alarms.map(({ AlarmDescription }) => String(AlarmDescription).split('#')[1]);
  const names = ['auditlognewfindings', 'auditlogincomplete', 'auditlognottold', 'auditlogfailed', 'auditoverdue'];
  expect(runbooks).toEqual(names);
  const [found, unknown, untold, failed, overdue] = alarms;
  expect(JSON.stringify(found)).toMatch(/"critical".*AuditFindingsNew.*"high".*AuditFindingsNew/);
  for (const alarm of [unknown, untold]) expect(alarm).toMatchObject({ Threshold: 0, TreatMissingData: 'ignore' });
  // Otherwise it would still be on from one run when the next finds more, and tell nobody.
  expect(found).toMatchObject({ Threshold: 0, TreatMissingData: 'notBreaching' });
  expect([unknown, untold].map((alarm) => alarm?.MetricName)).toEqual(['AuditUnknowns', 'AuditTellingsFailed']);
  expect(JSON.stringify(failed).match(/Executions\w+/g)).toEqual([
    ...['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'],
  ]);
  expect(failed).toMatchObject({ Threshold: 0, TreatMissingData: 'notBreaching' });
  expect(overdue).toMatchObject({ EvaluationPeriods: 30, TreatMissingData: 'breaching' });
  for (const { AlarmDescription, AlarmActions } of alarms) {
    expect(AlarmDescription).toMatch(/^[A-Z][^.]+\. [A-Z][^.]+\. Runbook: docs\/operations\.md#audit[a-z]+$/);
    expect(AlarmActions).toEqual([onCall]);
  }
});

test.each([
  ['nobody turns them on', { clusters: [{ name: 'shop' }] }, 0],
  ['they are turned on and no cluster is named', auditLog({}), 1],
])('when %s there are so many of them', (_, settings, count) => {
  expect(propertiesOf(synthesize(settings), 'AWS::Lambda::Function', 'AuditsLog')).toHaveLength(count);
});
