import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { createAwsSandbox } from '../../../sandbox/aws/aws-sandbox.ts';
import { serveAws } from '../../../sandbox/aws/serve-aws.ts';
import { startFunction } from '../../../sandbox/world/function-thread.ts';
import { realClock } from '../../../shared/adapters/real-clock.ts';
import { type AuditLogSettings, auditLogEnvironment } from '../../../shared/settings/audit-log.ts';
import { startS3 } from '../../shared/adapters/start-s3.ts';
import { groupOf } from './log-world.ts';

export const topicArn = 'arn:aws:sns:eu-west-1:123456789012:audit';
const never = new AbortController().signal;
const stream = 'kube-apiserver-audit-0123456789abcdef0123456789abcdef';

/** The real handler in a thread of its own, and AWS over HTTP: CloudWatch Logs and EKS by the sandbox, the rest with answers that suffice. */
export async function startAuditLog(changes: Partial<AuditLogSettings> = {}, built?: string) {
  const s3 = await startS3();
  const aws = createAwsSandbox({ clock: realClock });
  Object.assign(aws.logs.settings, { scheduledPolls: 0, runningPolls: 0 });
  const addCluster = (name: string) => {
    aws.clusters.set(name, { name, status: 'ACTIVE', accessEntries: {}, logTypes: ['audit'] });
    aws.logs.addGroup(groupOf(name), { createdAt: Date.now() - 30 * 86_400_000 });
  };
  addCluster('demo');
  const sandbox = await serveAws(aws);
  const bodies: Record<string, string[]> = {};
  const unknown: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const target = String(request.headers['x-amz-target'] ?? '').split('.');
    const operation = new URLSearchParams(body).get('Action') ?? (target.at(-1) || `${request.method} ${request.url}`);
    bodies[operation] = [...(bodies[operation] ?? []), body];
    const json = (value: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const [, cluster] = /^GET \/clusters\/([^/?]+)$/.exec(operation) ?? [];
    // The sandbox's EKS lists none.
    if (cluster !== undefined)
      return json({ cluster: { name: cluster, logging: { clusterLogging: [{ enabled: true, types: ['audit'] }] } } });
    if (operation.startsWith('GET /clusters')) return json({ clusters: [...aws.clusters.keys()] });
    if (operation === 'PutEvents') return json({ FailedEntryCount: 0, Entries: [] });
    if (operation === 'POST /findings/import') return json({ FailedCount: 0, SuccessCount: 1, FailedFindings: [] });
    if (operation === 'Publish') {
      const content = '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>';
      return response.writeHead(200, { 'content-type': 'text/xml' }).end(content);
    }
    unknown.push(operation);
    return response.writeHead(400).end('nobody here knows that');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const lines: Record<string, unknown>[] = [];
  const thread = startFunction({
    folder: 'audit-log',
    arn: 'arn:aws:lambda:eu-west-1:123456789012:function:audit-log',
    environment: {
      ...auditLogEnvironment({
        ...{ clusterNames: [], queries: ['Q28'], waivers: undefined, topicArn, securityHub: true },
        ...{ reportBucket: 'bucket', logLevel: 'info', cloudTrailLogGroup: undefined },
        ...{ firstWindowHours: 24, overlapMinutes: 15, deliveryLagMinutes: 10, maxGigabytes: 100 },
        ...changes,
      }),
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: sandbox.url,
      AWS_ENDPOINT_URL_S3: s3.url,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
    },
    timeoutSeconds: 300,
    onLine: (line) => void lines.push(JSON.parse(line)),
    built,
  });
  onTestFinished(async () => {
    await thread.close();
    await sandbox.close();
    server.closeAllConnections();
    server.close();
  });
  const happens = (event: object, minutesAgo: number, cluster = 'demo') => {
    const timestampMs = Date.now() - minutesAgo * 60_000;
    aws.logs.putEvents(groupOf(cluster), stream, [{ timestampMs, message: JSON.stringify(event) }]);
  };
  const invoke = (event: unknown) => thread.invoke(event, never);
  return { s3, aws, addCluster, bodies, unknown, lines, happens, invoke };
}
