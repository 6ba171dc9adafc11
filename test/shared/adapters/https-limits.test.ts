import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import type { RequestOptions } from 'node:https';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createHttpsTransport, type HttpsTransportOptions } from '../../../shared/adapters/https-transport.ts';
import { json, serve } from './http-server.ts';

const signal = new AbortController().signal;
const pods = { method: 'GET', path: '/api/v1/pods' } as const;

async function start(listener: RequestListener, options: Omit<HttpsTransportOptions, 'server'> = {}) {
  const server = await serve(listener);
  const transport = createHttpsTransport({ server: server.url, ...options });
  onTestFinished(async () => {
    vi.useRealTimers();
    transport.close();
    await server.close();
  });
  return { server, transport };
}

/** Holds our own timers still; those of the sockets go on. */
const holdTimers = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });

/** Passes once the promise is still open a millisecond before `seconds`, and fails with `message` then. */
async function failsAfter(seconds: number, promise: Promise<unknown>, message: string): Promise<void> {
  const settled = vi.fn();
  promise.then(settled, settled);
  vi.advanceTimersByTime(seconds * 1000 - 1);
  await turn();
  expect(settled).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  await expect(promise).rejects.toThrow(message);
}

it('closes a connection that nobody uses, by default after 60 s', async () => {
  const agents: RequestOptions['agent'][] = [];
  const applyTo = async ({ agent }: RequestOptions) => void agents.push(agent);
  const { server, transport } = await start((_, response) => json(response, 200, {}), {
    applyTo,
    idleSocketSeconds: 0.05,
  });
  await transport.request(pods, signal);
  const socket = server.requests[0]?.socket;
  if (socket && !socket.destroyed) await once(socket, 'close');
  await transport.request(pods, signal);
  expect(server.connections()).toBe(2);

  const usual = await start((_, response) => json(response, 200, {}), { applyTo });
  await usual.transport.request(pods, signal);
  expect(agents).toMatchObject([50, 50, 60_000].map((timeout) => ({ options: { timeout } })));
});

it('waits 15 s for an answer by default', async () => {
  const arrived = Promise.withResolvers<void>();
  const { transport } = await start(() => arrived.resolve());
  holdTimers();
  const answer = transport.request(pods, signal);
  await arrived.promise;
  await failsAfter(15, answer, 'not within 15 s');
});

it('waits 90 s for the next word of a watch by default', async () => {
  const { transport } = await start((_, response) =>
    response.writeHead(200).write(`${JSON.stringify({ type: 'ADDED', object: {} })}\n`),
  );
  holdTimers();
  const frames = transport.watch(pods, signal)[Symbol.asyncIterator]();
  await frames.next();
  const next = frames.next();
  await turn();
  await failsAfter(90, next, 'a watch without a word for 90 s');
});
