import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClusterLogging } from '../../shared/adapters/cluster-logging.ts';
import { createLogsInsights } from '../../shared/adapters/logs-insights.ts';
import type { LogsPort } from '../../shared/log-query/logs-port.ts';
import { type Moto, startMoto } from './start-moto.ts';

const access = { region: 'eu-west-1', credentials: { accessKeyId: 'moto', secretAccessKey: 'moto' } };
const never = new AbortController().signal;
const group = '/aws/eks/prod/cluster';
const stream = 'kube-apiserver-audit-0123456789abcdef0123456789abcdef';
/** It keeps no event that is much older than now. */
const noonSeconds = Math.floor(Date.now() / 1000) - 3_600;

let moto: Moto;
let logs: LogsPort;
let eks: EKSClient;

beforeAll(async () => {
  moto = await startMoto();
  const client = new CloudWatchLogsClient({ ...access, endpoint: moto.url });
  eks = new EKSClient({ ...access, endpoint: moto.url });
  logs = createLogsInsights(client);
  for (const logGroupName of [`${group}-old`, group]) await client.send(new CreateLogGroupCommand({ logGroupName }));
  await client.send(new PutRetentionPolicyCommand({ logGroupName: group, retentionInDays: 30 }));
  await client.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: stream }));
  const logEvents = [-1, 0, 500, 1_000, 1_999, 2_001].map((offset) => ({
    timestamp: noonSeconds * 1000 + offset,
    message: JSON.stringify({ offset }),
  }));
  await client.send(new PutLogEventsCommand({ logGroupName: group, logStreamName: stream, logEvents }));
});

afterAll(() => moto?.stop());

/** moto reads `fields`, `sort` and `limit`, and no other command: https://docs.getmoto.org/en/latest/docs/services/logs.html */
describe('queries of logs', () => {
  it('find the group of this name', async () => {
    expect(await logs.findGroup(group, never)).toMatchObject({ name: group, class: 'STANDARD', retentionDays: 30 });
    expect(await logs.findGroup('/aws/eks/prod', never)).toBeUndefined();
  });

  it('have the events of their range, each with its pointer', async () => {
    const range = { startSeconds: noonSeconds, endSeconds: noonSeconds + 1 };
    const text = 'fields @message, @logStream | sort @timestamp asc | limit 100';
    const started = await logs.startQuery({ group, text, range, limit: 100 }, never);
    if (started === 'busy') throw new Error('busy');
    const { status, rows } = await logs.results(started.queryId, undefined, never);
    expect(status).toBe('Complete');
    expect(rows.map((row) => JSON.parse(row['@message'] ?? '').offset)).toEqual([0, 500, 1_000, 1_999]);
    expect(rows.every((row) => row['@logStream'] === stream)).toBe(true);
    expect(new Set(rows.map((row) => row['@ptr'])).size).toBe(4);
  });

  it('are not started where there is no group', async () => {
    const asked = { group: 'none', text: 'fields @message', range: { startSeconds: 0, endSeconds: 1 }, limit: 1 };
    await expect(logs.startQuery(asked, never)).rejects.toThrow('ResourceNotFoundException');
  });
});

describe('what a control plane logs', () => {
  it('is what was switched on', async () => {
    const roleArn = 'arn:aws:iam::123456789012:role/eks';
    const clusterLogging = [
      { types: ['audit' as const, 'api' as const], enabled: true },
      { types: ['scheduler' as const], enabled: false },
    ];
    const cluster = { name: 'prod', roleArn, resourcesVpcConfig: {}, logging: { clusterLogging } };
    await eks.send(new CreateClusterCommand(cluster));
    const logging = createClusterLogging(eks);
    expect(await logging.logTypes('prod', never)).toEqual(['audit', 'api']);
    expect(await logging.logTypes('none', never)).toBe('gone');
  });
});
