import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpsTransport, type HttpsTransportOptions } from '../../../shared/adapters/https-transport.ts';
import type { KubeWatchFrame } from '../../../shared/adapters/kube-transport.ts';
import { json, serve } from './http-server.ts';

const signal = new AbortController().signal;
const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const pods = { path: '/api/v1/pods', query: { watch: 'true' } };
const added = (name: string): KubeWatchFrame => ({ type: 'ADDED', object: { metadata: { name } } });
const line = (frame: KubeWatchFrame) => `${JSON.stringify(frame)}\n`;

async function watching(listener: RequestListener, options: Omit<HttpsTransportOptions, 'server'> = {}) {
  const server = await serve(listener);
  const transport = createHttpsTransport({ server: server.url, ...options });
  open.push(transport, server);
  return { server, frames: (caller = signal) => transport.watch(pods, caller) };
}

async function collect<T>(frames: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const frame of frames) seen.push(frame);
  return seen;
}

describe('a watch', () => {
  it('yields whole frames however the bytes are cut', async () => {
    const frames = [added('größe-✓-🚦'), added('b'), { type: 'ERROR', object: { code: 410 } } as const];
    const bytes = Buffer.from(frames.map(line).join('\n'));
    const { frames: watch, server } = await watching(async (_, response) => {
      response.writeHead(200);
      response.socket?.setNoDelay();
      for (let at = 0; at < bytes.length; at += 7) {
        response.write(bytes.subarray(at, at + 7));
        await new Promise(setImmediate);
      }
      response.end();
    });
    expect(await collect(watch())).toEqual(frames);
    expect(server.requests[0]?.url).toBe('/api/v1/pods?watch=true');
  });

  it('yields a last frame without a line end', async () => {
    const { frames } = await watching((_, response) => response.end(line(added('a')).trim()));
    expect(await collect(frames())).toEqual([added('a')]);
  });

  it('gives its connection back when the server ends it', async () => {
    const { frames, server } = await watching((_, response) => response.end(line(added('a'))));
    await collect(frames());
    await collect(frames());
    expect(server.connections()).toBe(1);
  });

  const head = (response: ServerResponse, body = line(added('a'))) => response.writeHead(200).write(body);
  it.each([
    ['is cut', (request, response) => void response.write(line(added('a')), () => request.socket.destroy()), /aborted/],
    ['falls silent', (_, response) => void head(response), /without a word for 0.05 s/],
    ['does not begin', () => {}, /not within 0.05 s/],
    ['speaks no JSON', (_, response) => void response.end('<html>\n'), /JSON/],
    ['speaks other JSON', (_, response) => void response.end('[]\n'), /not a watch frame/],
    ['sends a frame without end', (_, response) => void head(response, 'x'.repeat(500)), /longer than 400 bytes/],
  ] satisfies [string, RequestListener, RegExp][])(
    'fails without an answer when it %s',
    async (_, listener, message) => {
      const { frames } = await watching(listener, { silenceSeconds: 0.05, requestTimeoutSeconds: 0.05, maxBytes: 400 });
      await expect(collect(frames())).rejects.toMatchObject({
        name: 'NoAnswerError',
        message: expect.stringMatching(message),
      });
    },
  );

  it('does not take a slow reader for a silent server', async () => {
    const { frames } = await watching(
      (_, response) => {
        head(response);
        setTimeout(() => response.write(line(added('b'))), 20);
        setTimeout(() => response.end(), 140);
      },
      { silenceSeconds: 0.06 },
    );
    const seen: KubeWatchFrame[] = [];
    for await (const frame of frames()) {
      seen.push(frame);
      await sleep(120);
    }
    expect(seen).toEqual([added('a'), added('b')]);
  });

  it('hands on a refusal, after a new token when it is a 401', async () => {
    const { frames, server } = await watching(
      (request, response) =>
        request.headers.authorization === 'Bearer t-2'
          ? json(response, 403, { kind: 'Status', reason: 'Forbidden' })
          : json(response, 401, {}),
      { auth: async (force) => ({ authorization: force ? 'Bearer t-2' : 'Bearer t-1' }) },
    );
    await expect(collect(frames())).rejects.toMatchObject({
      name: 'WatchRefusedError',
      response: { status: 403, body: { reason: 'Forbidden' } },
    });
    expect(server.requests).toHaveLength(2);
  });

  it("ends at once with the caller's own reason, and closes its connection", async () => {
    const { frames, server } = await watching((_, response) => void head(response));
    const tick = new AbortController();
    const watch = frames(tick.signal)[Symbol.asyncIterator]();
    await watch.next();
    const next = watch.next();
    tick.abort(new Error('the tick is over'));
    await expect(next).rejects.toBe(tick.signal.reason);
    await closed(server.requests[0]?.socket);
  });

  it('is quiet about an abort that nobody waits for', async () => {
    const { frames, server } = await watching((_, response) => void head(response));
    const tick = new AbortController();
    await frames(tick.signal)[Symbol.asyncIterator]().next();
    tick.abort(new Error('the tick is over'));
    await closed(server.requests[0]?.socket);
  });

  it('closes its connection when the reader leaves', async () => {
    const { frames, server } = await watching((_, response) => void head(response));
    for await (const _ of frames()) break;
    await closed(server.requests[0]?.socket);
  });
});

async function closed(socket: { destroyed: boolean } | undefined): Promise<void> {
  if (socket && !socket.destroyed) await once(socket as never, 'close');
}
