import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { json } from 'node:stream/consumers';
import { type KubeRequest, type KubeResponse, WatchRefusedError } from '../../shared/adapters/kube-transport.ts';
import { ConnectionResetError } from '../faults.ts';
import type { Identity } from './authorize.ts';
import type { Cluster } from './create-cluster.ts';
import { loopbackCertificate } from './loopback-certificate.ts';

export interface ClusterServer {
  /** `https://127.0.0.1:<port>` */
  url: string;
  /** PEM of the certificate authority that signed the server's certificate: itself. */
  ca: string;
  /** Ends every watch and connection. */
  close(): Promise<void>;
}

/** Serves a cluster to real clients: TLS on 127.0.0.1, bearer tokens, watches as lines of JSON. */
export async function serveCluster(cluster: Cluster): Promise<ClusterServer> {
  const { key, cert } = await loopbackCertificate();
  const closing = new AbortController();
  const server = createServer({ key, cert }, (incoming, response) => {
    answer(cluster, incoming, response, closing.signal).catch((error: unknown) => {
      if (error instanceof ConnectionResetError || closing.signal.aborted || response.headersSent) response.destroy();
      else
        send(response, { status: 500, headers: {}, body: { kind: 'Status', message: `the sandbox failed: ${error}` } });
    });
  });
  // Also those that are still shaking hands, which `closeAllConnections` does not know.
  const sockets = new Set<Duplex>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ca: String(cert),
    close: () =>
      new Promise((resolve, reject) => {
        closing.abort();
        server.close((error) => (error ? reject(error) : resolve()));
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function answer(cluster: Cluster, incoming: IncomingMessage, response: ServerResponse, closing: AbortSignal) {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, closing]);
  const request = await readRequest(incoming);
  const isWatch = request.method === 'GET' && /^(true|1)$/.test(request.query?.watch ?? '');
  if (!isWatch) return send(response, await cluster.handle(request, identityOf(incoming), signal));
  try {
    const frames = await cluster.watch(request, identityOf(incoming), signal);
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    for await (const frame of frames) response.write(`${JSON.stringify(frame)}\n`);
    response.end();
  } catch (error) {
    if (!(error instanceof WatchRefusedError)) throw error;
    send(response, error.response);
  }
}

async function readRequest(incoming: IncomingMessage): Promise<KubeRequest> {
  const url = new URL(incoming.url ?? '/', 'https://127.0.0.1');
  const hasBody =
    incoming.headers['content-length'] !== undefined || incoming.headers['transfer-encoding'] !== undefined;
  const body = hasBody && incoming.headers['content-length'] !== '0' ? await json(incoming) : undefined;
  const { accept, 'content-type': contentType } = incoming.headers;
  return {
    method: incoming.method as KubeRequest['method'],
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    ...(body === undefined ? {} : { body }),
    ...(accept === undefined ? {} : { accept }),
    ...(contentType === undefined ? {} : { contentType }),
  };
}

function identityOf(incoming: IncomingMessage): Identity {
  const [, token] = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '') ?? [];
  return token === undefined ? undefined : { token };
}

function send(response: ServerResponse, { status, headers, body }: KubeResponse): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
