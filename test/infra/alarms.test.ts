import { describe, expect, test, vi } from 'vitest';
import { createMetrics } from '../../shared/adapters/metrics.ts';
import type { TroubleKind } from '../../shared/lifecycle/ends.ts';
import { inWords, synthesize } from './synthesize.ts';

interface AlarmProperties {
  Namespace: string;
  MetricName: string;
  Dimensions: { Name: string; Value: string }[];
  AlarmDescription: string;
  AlarmActions?: string[];
}

function alarmsOf(alarmTopicArn?: string): AlarmProperties[] {
  const template = synthesize(alarmTopicArn ? { alarmTopicArn } : {});
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
  return alarms.map(({ Properties }) => inWords(Properties) as AlarmProperties);
}

const alarms = alarmsOf();
const metricOf = ({
  Namespace,
  MetricName,
  Dimensions,
}: Pick<AlarmProperties, 'Namespace' | 'MetricName' | 'Dimensions'>) =>
  `${Namespace} ${MetricName} ${Dimensions.map(({ Name, Value }) => `${Name}=${Value}`)
    .sort()
    .join(' ')}`;

/** The metric that a line of a function's log becomes. */
function written(add: (metrics: ReturnType<typeof createMetrics>) => void, service = 'terminate'): string {
  const stream = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  add(createMetrics({ service }));
  const line = JSON.parse(String(stream.mock.lastCall?.[0]));
  stream.mockRestore();
  const [{ Namespace, Dimensions, Metrics }] = line._aws.CloudWatchMetrics;
  const dimensions = Dimensions[0].map((Name: string) => ({ Name, Value: line[Name] }));
  return metricOf({ Namespace, MetricName: Metrics[0].Name, Dimensions: dimensions });
}

describe('alarms', () => {
  test('watch the failures queue, the ends of executions, and what a tick writes at once or at its end', () => {
    const kinds = { 'cluster-unreachable': 1, 'not-mapped': 1, 'mark-refused': 1 } satisfies Record<TroubleKind, 1>;
    expect(alarms.map(metricOf).sort()).toEqual(
      [
        'AWS/SQS ApproximateNumberOfMessagesVisible QueueName=<IntakeFailures.QueueName>',
        'AWS/States ExecutionsFailed StateMachineArn=<DrainMachine>',
        'AWS/States ExecutionsTimedOut StateMachineArn=<DrainMachine>',
        'AWS/States ExecutionsAborted StateMachineArn=<DrainMachine>',
        'AWS/States ExecutionsFailed StateMachineArn=<LaunchMachine>',
        'AWS/States ExecutionsTimedOut StateMachineArn=<LaunchMachine>',
        'AWS/States ExecutionsAborted StateMachineArn=<LaunchMachine>',
        written((metrics) => metrics.add('LaunchesAlarming', 'Count', 1), 'launch'),
        ...['cluster-unreachable', 'not-mapped'].map((Kind) =>
          written((metrics) => metrics.add('ClusterTrouble', 'Count', 1, { Kind }), 'launch'),
        ),
        written((metrics) => metrics.add('DrainsAlarming', 'Count', 1)),
        written((metrics) => metrics.add('RightsMissing', 'Count', 1)),
        ...Object.keys(kinds).map((Kind) => written((metrics) => metrics.add('ClusterTrouble', 'Count', 1, { Kind }))),
      ].sort(),
    );
  });

  test('go off at the first occurrence, and not when nothing is written', () => {
    expect(alarms.length).toBeGreaterThan(0);
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 1,
        Period: 300,
        Statistic: alarm.MetricName.startsWith('Approximate') ? 'Maximum' : 'Sum',
        TreatMissingData: 'notBreaching',
      });
    }
  });

  test('say in two sentences of their own what is the matter and what to do first', () => {
    const texts = alarms.map(({ AlarmDescription }) => AlarmDescription);
    expect(new Set(texts).size).toBe(alarms.length);
    for (const text of texts) expect(text).toMatch(/^[A-Z][^.]+\. [A-Z][^.]+\.$/);
  });

  test('tell the topic that is named, and otherwise nobody', () => {
    const topic = 'arn:aws:sns:eu-west-1:123456789012:on-call';
    expect(alarms.filter(({ AlarmActions }) => AlarmActions !== undefined)).toEqual([]);
    const told = alarmsOf(topic).map(({ AlarmActions }) => AlarmActions);
    expect(told).toEqual(alarms.map(() => [topic]));
  });
});
