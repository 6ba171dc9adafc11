import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { S3Client } from '@aws-sdk/client-s3';
import { onTestFinished, vi } from 'vitest';
import { clientDefaults } from '../../../shared/adapters/client-defaults.ts';

/** How S3 turns a request away: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export type S3Trouble = 'SlowDown' | 'InternalError' | 'ServiceUnavailable' | 'reset';
const statuses = { SlowDown: 503, InternalError: 500, ServiceUnavailable: 503, NoSuchKey: 404, AccessDenied: 403 };

/**
 * As much of S3 as a report needs: objects by path, NoSuchKey for the others, AccessDenied outside `/bucket/`. `trouble` is spent one
 * a request; `methods` are those of all requests so far. Ends with the test.
 */
export async function startS3() {
  const objects = new Map<string, string>();
  const trouble: S3Trouble[] = [];
  const methods: (string | undefined)[] = [];
  const types: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    methods.push(request.method);
    const path = String(request.url).split('?')[0] ?? '';
    const refuse = (code: keyof typeof statuses) =>
      response
        .writeHead(statuses[code], { 'content-type': 'application/xml' })
        .end(`<Error><Code>${code}</Code></Error>`);
    const body = await text(request);
    const next = trouble.shift();
    if (next === 'reset') return request.socket.resetAndDestroy();
    if (next) return refuse(next);
    if (!path.startsWith('/bucket/')) return refuse('AccessDenied');
    if (request.method === 'PUT') {
      objects.set(path, body);
      types.push(request.headers['content-type']);
    }
    const stored = objects.get(path);
    return stored === undefined ? refuse('NoSuchKey') : response.end(request.method === 'GET' ? stored : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // No waiting between the attempts of a client: the backoff is a share of Math.random().
  const random = vi.spyOn(Math, 'random').mockReturnValue(0);
  onTestFinished(() => {
    random.mockRestore();
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new S3Client({
    ...clientDefaults,
    region: 'eu-west-1',
    endpoint: url,
    forcePathStyle: true,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
  });
  return { objects, trouble, methods, types, client, url };
}
