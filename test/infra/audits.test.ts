import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { inWords, type Statement, statementsOf, synthesize } from './synthesize.ts';

const onCall = 'arn:aws:sns:eu-west-1:123456789012:on-call';
const template = synthesize({
  clusters: [{ name: 'shop' }, { name: 'vault' }],
  defaultCluster: 'shop',
  hookNames: ['legacy'],
  alarmTopicArn: onCall,
  audits: {
    clusterAudit: { schedule: 'cron(0 6 * * ? *)', timezone: 'Europe/Berlin', overdueAfterHours: 30 },
    subnetAudit: { enabled: false },
  },
});
const propertiesOf = (from: Template, type: string, part = '') =>
  Object.entries(from.findResources(type)).flatMap(([id, { Properties }]) =>
    id.includes(part) ? [inWords(Properties) as Record<string, never>] : [],
  );

describe('the audit of clusters', () => {
  test('runs when the settings say, tries again for an hour, and leaves what cannot be started in the queue', () => {
    const [schedule, ...more] = propertiesOf(template, 'AWS::Scheduler::Schedule');
    expect(more).toEqual([]);
    expect(schedule).toMatchObject({
      ScheduleExpression: 'cron(0 6 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      State: 'ENABLED',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: '<AuditsClusterFunction.Arn>',
        DeadLetterConfig: { Arn: '<AuditsFailures.Arn>' },
        RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 10 },
      },
    });
  });

  test('leaves runs that failed past every retry there, too, encrypted and for 14 days', () => {
    const [config] = propertiesOf(template, 'AWS::Lambda::EventInvokeConfig', 'AuditsCluster');
    expect(config).toMatchObject({ DestinationConfig: { OnFailure: { Destination: '<AuditsFailures.Arn>' } } });
    expect(propertiesOf(template, 'AWS::SQS::Queue', 'AuditsFailures')).toMatchObject([
      { SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 },
    ]);
  });

  test('is told each cluster once, what our hooks are, and where its reports go', () => {
    const [audit] = propertiesOf(template, 'AWS::Lambda::Function', 'AuditsCluster');
    expect(audit).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Environment: {
        Variables: {
          ENL_CLUSTER_NAMES: 'shop,vault',
          ENL_TOPIC_ARN: '<HooksTopic>',
          ENL_HOOK_ROLE_ARN: '<HooksRole.Arn>',
          ENL_HOOK_NAMES: 'eks-node-lifecycle-terminate,eks-node-lifecycle-launch,legacy',
          ENL_REPORT_BUCKET: '<Reports>',
        },
      },
    });
  });

  test('may write its own reports, read none, and change nothing', () => {
    const s3 = statementsOf(template, 'AuditsClusterFunction').filter(({ Action }) =>
      [Action].flat()[0]?.startsWith('s3:'),
    );
    expect(s3).toEqual([{ Effect: 'Allow', Action: 's3:PutObject', Resource: '<Reports.Arn>/audits/cluster-audit/*' }]);
  });

  test('is started by the scheduler of this account, which may do nothing else', () => {
    const roles = Object.entries(template.findResources('AWS::IAM::Role')).filter(([, { Properties }]) =>
      JSON.stringify(Properties.AssumeRolePolicyDocument).includes('scheduler.amazonaws.com'),
    );
    expect(roles).toHaveLength(1);
    expect(JSON.stringify(roles[0]?.[1].Properties.AssumeRolePolicyDocument)).toContain('aws:SourceAccount');
    const policies = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
      JSON.stringify(Properties.Roles).includes('SchedulerRole'),
    );
    const statements: Statement[] = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(statements.map(({ Action }) => Action).sort()).toEqual(['lambda:InvokeFunction', 'sqs:SendMessage']);
  });
});

describe('its alarms', () => {
  const alarms = propertiesOf(template, 'AWS::CloudWatch::Alarm', 'Audit');

  test('go off for bad findings and for what was not seen until the next run, and when no run succeeds in time', () => {
    expect(alarms).toHaveLength(4);
    const named = (runbook: string) =>
      alarms.find(({ AlarmDescription }) => String(AlarmDescription).endsWith(`#${runbook}`));
    const above0 = { Threshold: 0, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1 };
    expect(named('auditfailures')).toMatchObject({ ...above0, TreatMissingData: 'notBreaching' });
    expect(named('auditincomplete')).toMatchObject({ ...above0, TreatMissingData: 'ignore', Statistic: 'Maximum' });
    expect(named('auditfindings')).toMatchObject({ ...above0, TreatMissingData: 'ignore' });
    expect(JSON.stringify(named('auditfindings'))).toMatch(/"critical".*"high"/);
    expect(named('auditoverdue')).toMatchObject({
      ...{ MetricName: 'AuditsSucceeded', Statistic: 'Sum', Period: 3600, EvaluationPeriods: 30 },
      ...{ Threshold: 1, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching' },
    });
  });

  test('say what is the matter and what to do first, tell the topic, and count among what needs you', () => {
    for (const { AlarmDescription, AlarmActions } of alarms) {
      expect(AlarmDescription).toMatch(/^[A-Z][^.]+\. [A-Z][^.]+\. Runbook: docs\/operations\.md#audit[a-z]+$/);
      expect(AlarmActions).toEqual([onCall]);
    }
    const [needsYou] = propertiesOf(template, 'AWS::CloudWatch::CompositeAlarm');
    expect(String(needsYou?.AlarmRule).match(/Audit/g)).toHaveLength(4);
  });
});

test.each([
  ['no cluster is named', {}],
  [
    'the settings turn it and the other one off',
    { clusters: [{ name: 'shop' }], audits: { clusterAudit: { enabled: false }, subnetAudit: { enabled: false } } },
  ],
])('there is no audit, alarm or query of one when %s', (_, settings) => {
  const without = synthesize(settings);
  expect(Object.keys(without.toJSON().Resources).filter((id) => /Audit/.test(id))).toEqual([]);
});
