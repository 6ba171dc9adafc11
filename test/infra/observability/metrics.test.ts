import { beforeAll, describe, expect, test } from 'vitest';
import { type CatalogueEntry, metricsCatalogue, metricsNamespace } from '../../../shared/metrics-catalogue.ts';
import { synthesize } from '../synthesize.ts';
import { keysOfCatalogue } from './catalogue-keys.ts';
import { type Asked, askedByAlarms, askedByWidgets, ownKeys, widgetsOf } from './shown.ts';
import { everythingWritten } from './written.ts';

const catalogue: readonly [string, CatalogueEntry][] = Object.entries(metricsCatalogue);
let asked: Asked[];
let written: Set<string>;

beforeAll(async () => {
  const template = synthesize({ clusters: [{ name: 'shop' }], audits: { auditLog: { enabled: true } } });
  asked = [...askedByWidgets(widgetsOf(template)), ...askedByAlarms(template)];
  written = (await everythingWritten()).metrics;
}, 120_000);

const sorted = (keys: Iterable<string>) => [...keys].sort();

describe('the metrics of the functions', () => {
  test('are all in the catalogue, and none is there that no run writes', () => {
    expect(sorted(written)).toEqual(sorted(keysOfCatalogue));
  });

  test('are shown or watched, each of them, and nothing else is', () => {
    expect(sorted(ownKeys(asked))).toEqual(sorted(written));
  });

  test('are asked for by values that they can have', () => {
    const named = asked.filter(({ namespace }) => namespace === metricsNamespace);
    for (const { name, dimensions } of named) {
      const { from, by } = catalogue.find(([known]) => known === name)?.[1] ?? expect.fail(`no metric ${name}`);
      for (const [dimension, value] of Object.entries(dimensions).filter(([, value]) => value !== undefined)) {
        const values = dimension === 'service' ? from : by.flatMap((set) => set[dimension] ?? []);
        expect(values, `${name} ${dimension}`).toContain(value);
      }
    }
  });
});

describe('the metrics of AWS', () => {
  /**
   * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
   * https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
   * https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
   * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
   */
  const known: Readonly<Record<string, { by: string; names: readonly string[] }>> = {
    'AWS/Lambda': {
      by: 'FunctionName',
      names: [
        ...[
          'AsyncEventAge',
          'ConcurrentExecutions',
          'DestinationDeliveryFailures',
          'Duration',
          'Errors',
          'Invocations',
        ],
        'Throttles',
      ],
    },
    'AWS/States': {
      by: 'StateMachineArn',
      names: [
        ...['ExecutionThrottled', 'ExecutionsAborted', 'ExecutionsFailed', 'ExecutionsStarted', 'ExecutionsSucceeded'],
        'ExecutionsTimedOut',
      ],
    },
    'AWS/SQS': { by: 'QueueName', names: ['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible'] },
    'AWS/SNS': { by: 'TopicName', names: ['NumberOfNotificationsFailedToRedriveToDlq'] },
    'AWS/Events': { by: 'RuleName', names: ['InvocationsFailedToBeSentToDlq'] },
  };

  test('are those that the services write, of parts of this stack', () => {
    const theirs = asked.filter(({ namespace }) => namespace !== metricsNamespace);
    for (const { namespace, name, dimensions } of theirs) {
      expect(Object.keys(dimensions), `${namespace} ${name}`).toEqual([known[namespace]?.by]);
      expect(Object.values(dimensions)[0]).toMatch(/^<.+>$/);
    }
    for (const [namespace, { names }] of Object.entries(known)) {
      const used = theirs.filter((metric) => metric.namespace === namespace).map(({ name }) => name);
      expect(sorted(new Set(used))).toEqual(sorted(names));
    }
  });
});
