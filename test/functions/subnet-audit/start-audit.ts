import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { startFunction } from '../../../sandbox/world/function-thread.ts';
import { type SubnetAuditSettings, subnetAuditEnvironment } from '../../../shared/settings/subnet-audit.ts';
import { startS3 } from '../../shared/adapters/start-s3.ts';

export const topicArn = 'arn:aws:sns:eu-west-1:123456789012:network';
const never = new AbortController().signal;

const demo = {
  name: 'demo',
  arn: 'arn:aws:eks:eu-west-1:123456789012:cluster/demo',
  version: '1.34',
  status: 'ACTIVE',
  resourcesVpcConfig: { vpcId: 'vpc-1', subnetIds: ['subnet-1'], securityGroupIds: [] },
};
const item = (fields: Record<string, string>) =>
  `<item>${Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</item>`;
const subnet = item({
  ...{ subnetId: 'subnet-1', vpcId: 'vpc-1', ownerId: '123456789012', availabilityZone: 'eu-west-1a' },
  ...{ cidrBlock: '10.0.0.0/24', availableIpAddressCount: '3', state: 'available' },
});
/** What EC2 has, by operation; the lists of all others are empty. */
const inside: Record<string, string> = {
  DescribeSubnets: `<subnetSet>${subnet}</subnetSet>`,
  DescribeVpcs: `<vpcSet>${item({ vpcId: 'vpc-1', state: 'available', dhcpOptionsId: 'default' })}</vpcSet>`,
};

/** The real handler in a thread of its own, and AWS over HTTP; what it asks that nobody here knows is in `unknown`, and refused. */
export async function startAudit(changes: Partial<SubnetAuditSettings> = {}, built?: string) {
  const s3 = await startS3();
  const calls: string[] = [];
  const unknown: string[] = [];
  const bodies: Record<string, string[]> = {};
  const denied = new Set<string>();
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const url = String(request.url);
    const form = new URLSearchParams(body);
    const target =
      String(request.headers['x-amz-target'] ?? '')
        .split('.')
        .at(-1) ?? '';
    const operation = form.get('Action') ?? (target || `${request.method} ${url.split('?')[0]}`);
    calls.push(operation);
    bodies[operation] = [...(bodies[operation] ?? []), body];
    const answer = (status: number, type: string, content: string) =>
      response.writeHead(status, { 'content-type': type }).end(content);
    const json = (value: unknown) => answer(200, 'application/json', JSON.stringify(value));
    if (denied.has(operation)) {
      const error = '<Error><Code>UnauthorizedOperation</Code><Message>not authorized</Message></Error>';
      return answer(403, 'text/xml', `<Response><Errors>${error}</Errors></Response>`);
    }
    if (operation === 'GET /clusters') return json({ clusters: ['demo'] });
    if (operation === 'GET /clusters/demo') return json({ cluster: demo });
    if (operation === 'GET /clusters/demo/node-groups') return json({ nodegroups: [] });
    if (operation === 'GET /clusters/demo/fargate-profiles') return json({ fargateProfileNames: [] });
    if (operation === 'GET /clusters/demo/addons') return json({ addons: [] });
    if (operation === 'PutEvents') return json({ FailedEntryCount: 0, Entries: [] });
    if (operation === 'POST /findings/import') return json({ FailedCount: 0, SuccessCount: 1, FailedFindings: [] });
    if (/^(Describe\w+|GetSubnetCidrReservations|Publish)$/.test(operation)) {
      const content = inside[operation] ?? `<${operation}Result><MessageId>1</MessageId></${operation}Result>`;
      return answer(200, 'text/xml', `<${operation}Response>${content}</${operation}Response>`);
    }
    unknown.push(operation);
    return answer(400, 'text/plain', 'nobody here knows that');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const lines: Record<string, unknown>[] = [];
  const thread = startFunction({
    folder: 'subnet-audit',
    arn: 'arn:aws:lambda:eu-west-1:123456789012:function:subnet-audit',
    environment: {
      ...subnetAuditEnvironment({
        ...{ clusterNames: [], kubernetes: true, waivers: undefined, topicArn, securityHub: true },
        ...{ reportBucket: 'bucket', logLevel: 'info' },
        ...changes,
      }),
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
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
    server.closeAllConnections();
    server.close();
  });
  return { s3, calls, unknown, bodies, denied, lines, invoke: () => thread.invoke({}, never) };
}
