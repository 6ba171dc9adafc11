import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { inWords, synthesize } from './synthesize.ts';

interface AlarmProperties {
  MetricName?: string;
  Metrics?: { Expression?: string; MetricStat?: { Period: number; Metric: { MetricName: string } } }[];
  Statistic?: string;
  Period?: number;
  Threshold: number;
  EvaluationPeriods: number;
  ComparisonOperator: string;
  TreatMissingData: string;
  AlarmDescription: string;
  AlarmActions?: string[];
}

const network = (name: string) => ({ name, vpcId: 'vpc-0aaaaaaaaaaaaaaaa', subnetIds: ['subnet-0aaaaaaaaaaaaaaaa'] });

function named<T>(
  template: Template,
  type: string,
  read: (properties: Record<string, unknown>) => T,
): Record<string, T> {
  const resources = Object.entries(template.findResources(type));
  return Object.fromEntries(resources.map(([id, { Properties }]) => [nameOf(id), read(Properties)]));
}

const alarmsOf = (template: Template) =>
  named(template, 'AWS::CloudWatch::Alarm', (properties) => inWords(properties) as AlarmProperties);
const topic = 'arn:aws:sns:eu-west-1:123456789012:on-call';
const plain = synthesize();
const large = synthesize({ networks: [network('blue'), network('green')], alarmTopicArn: topic });
const nameOf = (id: string) => id.replace(/^Alarms|[0-9A-F]{8}$/g, '');
const alarms = alarmsOf(plain);
const each = Object.entries(alarms);

describe('alarms', () => {
  test('are there for events that nobody works on, for what ticks write, for executions, and for throttling', () => {
    expect(Object.keys(alarms)).toEqual([
      ...['IntakeFailures', 'IntakeFailuresOld', 'EventsLost', 'EventsRefused', 'IntakeThrottled'],
      ...['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'],
      ...['LaunchExecutionsFailed', 'LaunchExecutionsTimedOut', 'LaunchExecutionsAborted'],
      ...['RequestsFailed', 'RequestsAborted'],
      ...['TicksFailing', 'LaunchTicksFailing', 'Throttled'],
      ...['DrainsAlarming', 'RightsMissing', 'ClusterUnreachable', 'ClusterNotMapped', 'ClusterMarkRefused'],
      ...['HookOptionsUnusable', 'HookCompletionsFailed', 'HeartbeatsFailed', 'ReportsNotKept'],
      ...['LaunchesAlarming', 'LaunchClusterUnreachable', 'LaunchClusterNotMapped'],
    ]);
  });

  test.each([
    ['IntakeFailuresOld', { Threshold: 864_000, EvaluationPeriods: 1, Statistic: 'Maximum' }],
    ['IntakeThrottled', { Threshold: 0, EvaluationPeriods: 3, Statistic: 'Sum' }],
    ['Throttled', { Threshold: 0, EvaluationPeriods: 3 }],
    ['TicksFailing', { Threshold: 50, EvaluationPeriods: 2 }],
    ['LaunchTicksFailing', { Threshold: 50, EvaluationPeriods: 2 }],
    ['HookCompletionsFailed', { Threshold: 2, EvaluationPeriods: 1 }],
    ['HeartbeatsFailed', { Threshold: 2, EvaluationPeriods: 1 }],
    ['ReportsNotKept', { Threshold: 2, EvaluationPeriods: 1, Statistic: 'Sum' }],
  ])('%s waits until what is repeated by itself has not helped', (name, expected) => {
    expect(alarms[name]).toMatchObject({ ...expected, ComparisonOperator: 'GreaterThanThreshold' });
  });

  test('of what nobody repeats go off at the first occurrence', () => {
    const later = ['Old', 'Throttled', 'Failing', 'HookCompletionsFailed', 'HeartbeatsFailed', 'ReportsNotKept'];
    const atOnce = each.filter(([name]) => !later.some((part) => name.endsWith(part)));
    expect(atOnce).toHaveLength(20);
    for (const [name, alarm] of atOnce) {
      expect(alarm, name).toMatchObject({
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 1,
      });
    }
  });

  test('look at five minutes at a time, and are calm when nothing is written', () => {
    for (const [name, { Period, Metrics = [], TreatMissingData }] of each) {
      const periods = [Period, ...Metrics.map(({ MetricStat }) => MetricStat?.Period)];
      expect(new Set(periods.filter((seconds) => seconds !== undefined)), name).toEqual(new Set([300]));
      expect(TreatMissingData, name).toBe('notBreaching');
    }
  });

  test('count together who loses events, who is throttled and what Auto Scaling does not take', () => {
    const partsOf = (name: string) =>
      (alarms[name]?.Metrics ?? []).flatMap(({ MetricStat }) => MetricStat?.Metric.MetricName ?? []).sort();
    expect([...new Set(partsOf('EventsLost'))]).toEqual([
      'DestinationDeliveryFailures',
      'InvocationsFailedToBeSentToDlq',
      'NumberOfNotificationsFailedToRedriveToDlq',
    ]);
    expect(partsOf('EventsLost').filter((name) => name.startsWith('Invocations'))).toHaveLength(
      Object.keys(plain.findResources('AWS::Events::Rule')).length,
    );
    expect(partsOf('EventsLost').length).toBeLessThanOrEqual(10);
    expect(partsOf('Throttled')).toEqual([
      ...['ExecutionThrottled', 'ExecutionThrottled', 'ExecutionThrottled'],
      ...['Throttles', 'Throttles', 'Throttles'],
    ]);
    expect(partsOf('HookCompletionsFailed')).toEqual(['HookCompletionsFailed', 'HookCompletionsFailed']);
    for (const name of ['EventsLost', 'Throttled', 'HookCompletionsFailed', 'HeartbeatsFailed']) {
      expect(alarms[name]?.Metrics?.map(({ Expression }) => Expression).filter(Boolean)).toEqual(['SUM(METRICS())']);
    }
  });

  test('say in two sentences of their own what is the matter and what to do first, and where more stands', () => {
    const texts = each.map(([, { AlarmDescription }]) => AlarmDescription);
    expect(new Set(texts).size).toBe(each.length);
    for (const [name, { AlarmDescription }] of each) {
      expect(AlarmDescription).toMatch(/^[A-Z][^.]+\. [A-Z][^.]+\. Runbook: docs\/operations\.md#[a-z]+$/);
      expect(AlarmDescription.endsWith(`#${name.toLowerCase()}`), name).toBe(true);
      expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
    }
  });

  test('tell the topic that is named, and otherwise nobody', () => {
    expect(each.filter(([, { AlarmActions }]) => AlarmActions !== undefined)).toEqual([]);
    for (const { AlarmActions } of Object.values(alarmsOf(large))) expect(AlarmActions).toEqual([topic]);
  });
});

describe('with networks', () => {
  test('each has alarms of its own, with the runbooks of all', () => {
    const all = alarmsOf(large);
    const added = Object.keys(all).filter((name) => !(name in alarms));
    expect(added).toHaveLength(22);
    expect(added.filter((name) => name.endsWith('green'))).toHaveLength(11);
    expect(all.Throttledblue?.AlarmDescription).toMatch(/#throttled$/);
  });

  test('one alarm goes off with any other, by way of one for each network, and tells nobody', () => {
    const composites = named(large, 'AWS::CloudWatch::CompositeAlarm', ({ AlarmRule, AlarmActions }) => {
      expect(AlarmActions).toBeUndefined();
      return String(inWords(AlarmRule)).split(' OR ');
    });
    expect(Object.keys(composites).sort()).toEqual(['NeedsYou', 'NeedsYoublue', 'NeedsYougreen']);
    expect(composites.NeedsYou).toHaveLength(each.length + 2);
    expect(composites.NeedsYougreen).toHaveLength(11);
    for (const part of composites.NeedsYougreen ?? []) expect(part).toMatch(/ALARM\("?<Alarms\w+green\.Arn>"?\)/);
  });
});
