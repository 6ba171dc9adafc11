import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { S3Client } from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { clientDefaults } from '../../../shared/adapters/client-defaults.ts';
import { createS3Reports } from '../../../shared/adapters/s3-reports.ts';
import { never } from '../../sandbox/aws/start-aws.ts';
import { exampleReport } from './example-report.ts';

/** As much of S3 as a report needs: objects by path, NoSuchKey for the others, AccessDenied outside `/bucket/`. */
async function startS3(objects = new Map<string, string>()) {
  const server = createServer(async (request, response) => {
    const path = String(request.url).split('?')[0] ?? '';
    const refuse = (status: number, code: string) =>
      response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);
    const body = await text(request);
    if (!path.startsWith('/bucket/')) return refuse(403, 'AccessDenied');
    if (request.method === 'PUT') objects.set(path, body);
    const stored = objects.get(path);
    return stored === undefined ? refuse(404, 'NoSuchKey') : response.end(request.method === 'GET' ? stored : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const client = new S3Client({
    ...clientDefaults,
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forcePathStyle: true,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
  });
  return { objects, client, reports: createS3Reports(client, { bucket: 'bucket' }) };
}

it('keeps a report in an object and says where, and replaces it', async () => {
  const { objects, reports } = await startS3();
  expect(await reports.load('one', never)).toBeUndefined();
  expect(await reports.save('one', exampleReport(), never)).toBe('s3://bucket/reports/one.json');
  await reports.save('one', exampleReport({ cluster: 'prod' }), never);
  expect(await reports.load('one', never)).toEqual(exampleReport({ cluster: 'prod' }));
  expect([...objects.keys()]).toEqual(['/bucket/reports/one.json']);
});

it('throws for what it may not see, and for what is no report', async () => {
  const { client, objects, reports } = await startS3();
  const foreign = createS3Reports(client, { bucket: 'foreign' });
  await expect(foreign.load('one', never)).rejects.toThrow(
    /^loading report s3:\/\/foreign\/reports\/one\.json: AccessDenied/,
  );
  await expect(foreign.save('one', exampleReport(), never)).rejects.toThrow(/^saving report s3:.*: AccessDenied/);
  objects.set('/bucket/reports/broken.json', '{"version":1,');
  await expect(reports.load('broken', never)).rejects.toThrow(
    'loading report s3://bucket/reports/broken.json: SyntaxError',
  );
});
