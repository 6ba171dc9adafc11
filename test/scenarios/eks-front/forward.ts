import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { type Agent, type RequestOptions, request as send } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { urlToHttpOptions } from 'node:url';
import type { KubeConfig } from '@kubernetes/client-node';
import type { KubernetesUser } from '../../../sandbox/aws/eks-service.ts';

interface Arrived {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What a client may say of its own; who it is, it may not. */
const passed = ['accept', 'accept-encoding', 'content-type', 'content-length', 'user-agent'];
const ofOneConnection = ['connection', 'keep-alive', 'transfer-encoding'];

/** Passes a request on in the name of a user, and its answer back as it comes. Rejects when either side breaks off. */
export async function forward(
  { method, url, headers, body }: Arrived,
  { user, groups }: KubernetesUser,
  outgoing: ServerResponse,
  { config, agent, told }: { config: KubeConfig; agent: Agent; told: (status: number) => void },
): Promise<void> {
  const server = new URL(config.getCurrentCluster()?.server ?? '');
  const identity = { 'impersonate-user': user, 'impersonate-group': groups };
  const own: OutgoingHttpHeaders = Object.fromEntries(
    passed.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])),
  );
  const options: RequestOptions & { headers: OutgoingHttpHeaders } = {
    ...urlToHttpOptions(server),
    method,
    path: server.pathname.replace(/\/$/, '') + url,
    headers: { ...own, ...identity },
  };
  await config.applyToHTTPSOptions(options);
  options.agent = agent;
  const upstream = send(options);
  outgoing.once('close', () => upstream.destroy());
  upstream.end(body);
  const [response] = (await once(upstream, 'response')) as [IncomingMessage];
  const { statusCode = 502 } = response;
  told(statusCode);
  const kept = Object.entries(response.headers).filter(([name]) => !ofOneConnection.includes(name));
  outgoing.writeHead(statusCode, Object.fromEntries(kept)).flushHeaders();
  await pipeline(response, outgoing);
}
