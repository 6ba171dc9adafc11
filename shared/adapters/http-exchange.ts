import http, { type IncomingMessage } from 'node:http';
import https, { type RequestOptions } from 'node:https';

/**
 * Sends one request and resolves with the head of its answer; when `stop` aborts, the request and the rest of the answer end.
 *
 * A kept-alive socket may have been closed by the other side while it (or the whole Lambda sandbox) slept. When a reused
 * socket fails before it answered, all idle ones are dropped and the request goes out once more on a new one, as
 * https://nodejs.org/api/http.html#requestreusedsocket advises. Should the first one have arrived after all, the second
 * changes nothing: what we send carries a UID, a resourceVersion or a name of its own.
 */
export async function exchange(
  options: RequestOptions,
  body: string | undefined,
  stop: AbortSignal,
): Promise<IncomingMessage> {
  const first = await attempt(options, body, stop);
  if (first.response) return first.response;
  if (first.onReusedSocket) dropIdleSockets(options.agent);
  if (!first.onReusedSocket || stop.aborted) throw first.error;
  const second = await attempt(options, body, stop);
  if (second.response) return second.response;
  throw second.error;
}

type Attempt = { response: IncomingMessage } | { response?: never; error: Error; onReusedSocket: boolean };

function attempt(options: RequestOptions, body: string | undefined, stop: AbortSignal): Promise<Attempt> {
  return new Promise((resolve) => {
    const { request: send } = options.protocol === 'http:' ? http : https;
    const request = send({ ...options, signal: stop });
    request.on('error', (error) => resolve({ error, onReusedSocket: request.reusedSocket }));
    request.once('response', (response) => resolve({ response }));
    request.end(body);
  });
}

function dropIdleSockets(agent: RequestOptions['agent']): void {
  if (!(agent instanceof http.Agent)) return;
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
}
