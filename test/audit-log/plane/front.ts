import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Act, actOf } from '../act.ts';
import { cast, type Identity, type Role } from '../cast.ts';

export interface Front {
  /** Of one of the cast. */
  urlOf(role: Role): string;
  acts: readonly Act[];
  close(): Promise<void>;
}

export interface Behind {
  /** `https://127.0.0.1:…` of the API server. */
  server: string;
  ca: string;
  /** Of whom the API server believes the headers: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#authenticating-proxy */
  key: string;
  cert: string;
}

/** A proxy before an API server that says who asks, and keeps a record of what was asked and answered. */
export async function serveFront({ server, ca, key, cert }: Behind): Promise<Front> {
  const acts: Act[] = [];
  const trusted = new https.Agent({ keepAlive: true, ca, key, cert });
  const untrusted = new https.Agent({ keepAlive: true, ca });

  function forward(incoming: IncomingMessage, body: Buffer) {
    const [, , role = '', ...rest] = (incoming.url ?? '').split('/');
    const identity: Identity = cast[role as Role];
    const uri = `/${rest.join('/')}`;
    const id = randomUUID();
    const own = incoming.headers['x-forwarded-for'] === undefined ? { 'x-forwarded-for': identity.ip } : {};
    const headers = { ...incoming.headers, ...own, host: new URL(server).host, 'audit-id': id, ...proofOf(identity) };
    const method = incoming.method ?? 'GET';
    const agent = identity.credentials ? untrusted : trusted;
    const outgoing = https.request(server + uri, { method, headers, agent });
    if (body.length > 0) outgoing.write(body);
    outgoing.end();
    const keep = (code: number, answer: Buffer) => {
      const sent = { method, uri, headers: single(incoming.headers), sent: parsed(body) };
      acts.push(actOf(id, identity, sent, { code, body: parsed(answer) }));
    };
    return { outgoing, keep };
  }

  const front = createServer(async (incoming, response) => {
    const { outgoing, keep } = forward(incoming, await buffer(incoming));
    outgoing.on('error', () => response.destroy());
    outgoing.on('response', async (answer) => {
      const isWatch = /[?&]watch=/.test(incoming.url ?? '');
      if (isWatch) keep(answer.statusCode ?? 0, Buffer.alloc(0));
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      if (isWatch) {
        response.on('close', () => answer.destroy());
        return void answer.pipe(response);
      }
      const body = await buffer(answer);
      // On record before whoever asked can go on.
      keep(answer.statusCode ?? 0, body);
      response.end(body);
    });
  });
  front.on('upgrade', (incoming, socket) => {
    const { outgoing, keep } = forward(incoming, Buffer.alloc(0));
    outgoing.on('error', () => socket.destroy());
    outgoing.on('upgrade', () => socket.destroy());
    outgoing.on('response', async (answer) => {
      const body = await buffer(answer);
      keep(answer.statusCode ?? 0, body);
      const lines = [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`, `content-length: ${body.length}`];
      const type = answer.headers['content-type'];
      if (type) lines.push(`content-type: ${type}`);
      socket.end(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\nconnection: close\r\n\r\n`), body]));
    });
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const { port } = front.address() as AddressInfo;
  return {
    urlOf: (role) => `http://127.0.0.1:${port}/as/${role}`,
    acts,
    close: async () => {
      trusted.destroy();
      untrusted.destroy();
      front.closeAllConnections();
      await new Promise<void>((resolve) => front.close(() => resolve()));
    },
  };
}

/** Keys of extras come in lower case: a capital letter has to be spelled. */
const spelled = (key: string) => key.replace(/[A-Z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);

function proofOf({ user, groups, credentials, extra = {} as never }: Identity): Record<string, string | string[]> {
  if (credentials === 'none') return {};
  if (credentials) return { authorization: `Bearer ${credentials.bearer}` };
  const extras = Object.entries(extra).map(([key, value]) => [`x-remote-extra-${spelled(key)}`, String(value)]);
  return { 'x-remote-user': user, 'x-remote-group': [...groups], ...Object.fromEntries(extras) };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function single(headers: IncomingHttpHeaders): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([key, value]) => [key, Array.isArray(value) ? value[0] : value]),
  );
}
