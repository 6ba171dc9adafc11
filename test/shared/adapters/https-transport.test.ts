import type { IncomingMessage, RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHttpsTransport, type HttpsTransportOptions } from '../../../shared/adapters/https-transport.ts';
import { NoAnswerError } from '../../../shared/adapters/kube-transport.ts';
import { json, serve, type TestServer } from './http-server.ts';

const signal = new AbortController().signal;
const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function start(listener: RequestListener): Promise<TestServer> {
  const server = await serve(listener);
  open.push(server);
  return server;
}

function connect(server: string, options: Omit<HttpsTransportOptions, 'server'> = {}) {
  const transport = createHttpsTransport({ server, ...options });
  open.unshift(transport);
  return transport;
}

const pods = { method: 'GET', path: '/api/v1/pods' } as const;
const auth = async () => ({ authorization: 'Bearer t-1' });

describe('a request', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)(
    '%s arrives with its body, its query and its headers',
    async (method) => {
      const bodies: Promise<string>[] = [];
      const { url, requests } = await start((request, response) => {
        bodies.push(text(request));
        json(response, 201, { kind: 'Status' });
      });
      const transport = connect(`${url}/k8s/clusters/c-1/`, { auth, userAgent: 'drain/1' });
      const query = { fieldSelector: 'spec.nodeName=ip-10-0-0-1', dryRun: 'All' };
      const contentType = 'application/merge-patch+json';
      const request = {
        method,
        path: '/api/v1/nodes/a%2Fb',
        query,
        body: { name: 'größe' },
        contentType,
        accept: 'x/y',
      };
      const answer = await transport.request(request, signal);
      expect(answer).toMatchObject({
        status: 201,
        body: { kind: 'Status' },
        headers: { 'content-type': 'application/json' },
      });
      expect(requests[0]).toMatchObject({
        method,
        url: '/k8s/clusters/c-1/api/v1/nodes/a%2Fb?fieldSelector=spec.nodeName%3Dip-10-0-0-1&dryRun=All',
        headers: { authorization: 'Bearer t-1', 'user-agent': 'drain/1', 'content-type': contentType, accept: 'x/y' },
      });
      expect(await bodies[0]).toBe('{"name":"größe"}');
    },
  );

  it('hands on a body that is not JSON as text', async () => {
    const { url } = await start((_, response) => response.writeHead(502).end('<html>Bad Gateway</html>'));
    expect(await connect(url).request(pods, signal)).toMatchObject({ status: 502, body: '<html>Bad Gateway</html>' });
  });

  it('reads a compressed answer', async () => {
    const { url, requests } = await start((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"items":["ü"]}')),
    );
    expect((await connect(url).request(pods, signal)).body).toEqual({ items: ['ü'] });
    expect(requests[0]?.headers['accept-encoding']).toBe('gzip');
  });

  it('reuses its connection', async () => {
    const { url, connections } = await start((_, response) => json(response, 200, {}));
    const transport = connect(url);
    for (let i = 0; i < 5; i++) await transport.request(pods, signal);
    expect(connections()).toBe(1);
  });

  it('is sent again when the connection it reused was already closed at the other end', async () => {
    const answered = new Set<unknown>();
    const { url, requests, connections } = await start((request, response) => {
      if (answered.has(request.socket)) return void request.socket.resetAndDestroy();
      answered.add(request.socket);
      json(response, 200, { connection: answered.size });
    });
    const transport = connect(url);
    await Promise.all([transport.request(pods, signal), transport.request(pods, signal)]);
    expect((await transport.request(pods, signal)).body).toEqual({ connection: 3 });
    expect([requests.length, connections()]).toEqual([4, 3]);
  });

  it('lets a hook have the last word', async () => {
    const { url, requests } = await start((_, response) => json(response, 200, {}));
    const applyTo: HttpsTransportOptions['applyTo'] = async (options) => {
      options.headers = { ...options.headers, authorization: 'Bearer from-kubeconfig' } as Record<string, string>;
    };
    await connect(url, { applyTo }).request(pods, signal);
    expect(requests[0]?.headers.authorization).toBe('Bearer from-kubeconfig');
  });

  it('trusts the certificate authority it is given, and no other', async () => {
    const notAfterDate = new Date(Date.now() + 3_600_000);
    const names = [{ type: 7, ip: '127.0.0.1' } as const];
    const extensions = [{ name: 'subjectAltName', altNames: names } as const];
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'api' }], { notAfterDate, extensions });
    const server = await serve((_, response) => json(response, 200, { ok: true }), { key, cert });
    open.push(server);
    expect((await connect(server.url, { ca: cert }).request(pods, signal)).body).toEqual({ ok: true });
    await expect(connect(server.url).request(pods, signal)).rejects.toThrow(/self.signed/);
  });
});

describe('no answer', () => {
  const soon = { requestTimeoutSeconds: 0.05 };
  const silent: RequestListener = () => {};
  const headOnly: RequestListener = (_, response) => void response.writeHead(200).write('{"items":[');
  const cut: RequestListener = (request) => void request.socket.resetAndDestroy();
  const cutBody: RequestListener = (request, response) =>
    void response.writeHead(200).write('{"items":[', () => request.socket.resetAndDestroy());
  const cutCompressed: RequestListener = (_, response) =>
    void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}'.repeat(99)).subarray(0, 20));

  it.each([
    ['the server does not answer', silent, soon, 'not within 0.05 s'],
    ['the answer does not end', headOnly, soon, 'not within 0.05 s'],
    ['the connection is reset', cut, {}, /ECONNRESET|hang up/],
    ['the connection is reset in the middle of an answer', cutBody, {}, /ECONNRESET|aborted/],
    ['a compressed answer is cut off', cutCompressed, {}, 'unexpected end of file'],
    ['the answer is too long', headOnly, { maxBytes: 5 }, 'longer than 5 bytes'],
  ])('is an error when %s', async (_, listener, options, message) => {
    const { url, requests } = await start(listener);
    const error = await connect(url, options)
      .request(pods, signal)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoAnswerError);
    expect(error).toHaveProperty('cause', expect.any(Error));
    expect(error).toHaveProperty('message', expect.stringMatching(message));
    expect(requests).toHaveLength(1);
  });

  it('is an error when nobody listens', async () => {
    const { url, close } = await serve(silent);
    await close();
    await expect(connect(url).request(pods, signal)).rejects.toMatchObject({
      name: 'NoAnswerError',
      message: expect.stringContaining('ECONNREFUSED'),
      cause: { code: 'ECONNREFUSED' },
    });
  });

  it('is an error when the name does not resolve', async () => {
    const notFound = Object.assign(new Error('getaddrinfo ENOTFOUND api.invalid'), { code: 'ENOTFOUND' });
    const applyTo: HttpsTransportOptions['applyTo'] = async (options) => {
      options.lookup = (_name, _options, done) => done(notFound, '');
    };
    await expect(connect('https://api.invalid', { applyTo }).request(pods, signal)).rejects.toMatchObject({
      name: 'NoAnswerError',
      cause: notFound,
    });
  });

  it('is an error when there are no credentials, or none in time', async () => {
    const { url } = await start((_, response) => json(response, 200, {}));
    const denied = connect(url, { auth: () => Promise.reject(new Error('no role')) });
    await expect(denied.request(pods, signal)).rejects.toThrow(/no credentials for 127.*: no role/);
    const never = connect(url, { auth: () => new Promise(() => {}), ...soon });
    await expect(never.request(pods, signal)).rejects.toThrow(/no credentials for 127.*: not within/);
  });

  it("is the caller's own reason when it aborts", async () => {
    const tick = new AbortController();
    const reason = new Error('the tick is over');
    const { url } = await start(() => tick.abort(reason));
    await expect(connect(url).request(pods, tick.signal)).rejects.toBe(reason);
    const never = connect(url, { auth: () => new Promise(() => {}) });
    await expect(never.request(pods, tick.signal)).rejects.toBe(reason);
    await expect(never.watch(pods, tick.signal)[Symbol.asyncIterator]().next()).rejects.toBe(reason);
  });
});

describe('a 401', () => {
  const bearer = (request: IncomingMessage) => request.headers.authorization;

  it('is answered with a new token, once', async () => {
    const { url, requests } = await start((request, response) =>
      json(response, bearer(request) === 'Bearer t-2' ? 200 : 401, {}),
    );
    const renewing = vi.fn(async (force?: boolean) => ({ authorization: force ? 'Bearer t-2' : 'Bearer t-1' }));
    expect((await connect(url, { auth: renewing }).request(pods, signal)).status).toBe(200);
    expect(requests.map(bearer)).toEqual(['Bearer t-1', 'Bearer t-2']);
  });

  it('is the answer when the new token is refused as well', async () => {
    const { url, requests } = await start((_, response) => json(response, 401, { kind: 'Status' }));
    expect(await connect(url, { auth }).request(pods, signal)).toMatchObject({ status: 401, body: { kind: 'Status' } });
    expect(requests).toHaveLength(2);
  });

  it('renews the token once for all requests in flight, and again when that one is refused', async () => {
    let [issued, accepted] = [1, 2];
    const { url } = await start((request, response) =>
      json(response, bearer(request) === `Bearer t-${accepted}` ? 200 : 401, {}),
    );
    const renewing = vi.fn(async (force?: boolean) => {
      if (force) await sleep(30);
      if (force) issued += 1;
      return { authorization: `Bearer t-${issued}` };
    });
    const transport = connect(url, { auth: renewing });
    const burst = async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => transport.request(pods, signal)));
      return new Set(answers.map(({ status }) => status));
    };
    expect(await burst()).toEqual(new Set([200]));
    accepted = 3;
    expect(await burst()).toEqual(new Set([200]));
    expect(renewing.mock.calls.filter(([force]) => force)).toHaveLength(2);
  });
});
