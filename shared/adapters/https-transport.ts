import http, { type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import https, { type RequestOptions } from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { readAnswer } from './http-body.ts';
import { exchange } from './http-exchange.ts';
import { type KubeRequest, type KubeTransport, WatchRefusedError } from './kube-transport.ts';
import { asThrown, noAnswer, orAbort } from './no-answer.ts';
import { type Auth, renewedHeaders } from './renewed-headers.ts';
import { watchFrames } from './watch-frames.ts';

export interface HttpsTransportOptions {
  /** The API server's URL, `https:` or `http:`; a path in it is put before every request's own. */
  server: string;
  /** PEM; without it, the certificate authorities Node trusts. */
  ca?: string | Buffer;
  auth?: Auth;
  /** Has the last word on a request: TLS material, headers, an agent (a kubeconfig's proxy). */
  applyTo?: (options: RequestOptions) => Promise<void>;
  userAgent?: string;
  /** Connecting, authenticating and the whole answer; of a watch, until its first byte. Default 15. */
  requestTimeoutSeconds?: number;
  /** How long a watch may say nothing. Default 90: bookmarks come about every 60 s. */
  silenceSeconds?: number;
  /** After which a connection that nobody uses is closed. Default 60: before kube-apiserver does it, after 90 s. */
  idleSocketSeconds?: number;
  /** The longest answer, and the longest frame of a watch. Default 64 MiB. */
  maxBytes?: number;
}

/** Talks to an API server over kept-alive HTTPS connections. A 401 is answered with new headers once. */
export function createHttpsTransport(options: HttpsTransportOptions): KubeTransport & { close(): void } {
  const { requestTimeoutSeconds = 15, silenceSeconds = 90, idleSocketSeconds = 60 } = options;
  const { maxBytes = 64 * 1024 * 1024 } = options;
  const server = new URL(options.server);
  const { Agent } = server.protocol === 'http:' ? http : https;
  const agent = new Agent({ keepAlive: true, timeout: idleSocketSeconds * 1000 });
  const headersFor = renewedHeaders(options.auth ?? (async () => ({})));
  const tooLate = () => new Error(`not within ${requestTimeoutSeconds} s`);

  async function open(request: KubeRequest, more: OutgoingHttpHeaders, stop: AbortSignal): Promise<IncomingMessage> {
    const identify = (refused?: Readonly<Record<string, string>>) =>
      orAbort(headersFor(refused), stop).catch((error: unknown) => {
        throw noAnswer(`no credentials for ${server.host}`, error);
      });
    const identity = await identify();
    const response = await send(identity);
    if (response.statusCode !== 401) return response;
    await readAnswer(response, maxBytes);
    return send(await identify(identity));

    async function send(headers: Readonly<Record<string, string>>): Promise<IncomingMessage> {
      const body = request.body === undefined ? undefined : JSON.stringify(request.body);
      const base = requestOptions(server, request, body);
      const all: RequestOptions = {
        ...base,
        agent,
        headers: { ...base.headers, ...userAgent(options), ...more, ...headers },
      };
      if (options.ca !== undefined) all.ca = options.ca;
      if (options.applyTo) await orAbort(options.applyTo(all), stop);
      return exchange(all, body, stop);
    }
  }

  return {
    async request(request, signal) {
      signal.throwIfAborted();
      const limit = new AbortController();
      const timer = setTimeout(() => limit.abort(tooLate()), requestTimeoutSeconds * 1000);
      try {
        const response = await open(request, { 'accept-encoding': 'gzip' }, AbortSignal.any([signal, limit.signal]));
        return await readAnswer(response, maxBytes);
      } catch (error) {
        throw asThrown(error, server.host, signal, limit.signal);
      } finally {
        clearTimeout(timer);
      }
    },

    async *watch(request, signal) {
      signal.throwIfAborted();
      const end = new AbortController();
      const timer = setTimeout(() => end.abort(tooLate()), requestTimeoutSeconds * 1000);
      const onSilence = () => end.abort(new Error(`a watch without a word for ${silenceSeconds} s`));
      try {
        const response = await open({ method: 'GET', ...request }, {}, AbortSignal.any([signal, end.signal]));
        if (response.statusCode !== 200) throw new WatchRefusedError(await readAnswer(response, maxBytes));
        clearTimeout(timer);
        yield* watchFrames(response, { silenceSeconds, maxBytes, onSilence });
      } catch (error) {
        throw asThrown(error, server.host, signal, end.signal);
      } finally {
        clearTimeout(timer);
      }
    },

    close: () => agent.destroy(),
  };
}

function userAgent({ userAgent = 'eks-node-lifecycle' }: HttpsTransportOptions): OutgoingHttpHeaders {
  return { 'user-agent': userAgent };
}

function requestOptions(
  server: URL,
  request: KubeRequest,
  body: string | undefined,
): RequestOptions & { headers: OutgoingHttpHeaders } {
  const query = new URLSearchParams(request.query).toString();
  const headers: OutgoingHttpHeaders = { accept: request.accept ?? 'application/json' };
  if (body !== undefined) {
    headers['content-type'] = request.contentType ?? 'application/json';
    // Without it Node sends the body of a DELETE unframed.
    headers['content-length'] = Buffer.byteLength(body);
  }
  return {
    ...urlToHttpOptions(server),
    method: request.method,
    path: server.pathname.replace(/\/$/, '') + request.path + (query === '' ? '' : `?${query}`),
    headers,
  };
}
