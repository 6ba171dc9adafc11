import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createHttpsTransport } from '../../../shared/adapters/https-transport.ts';
import type { KubeTransport } from '../../../shared/adapters/kube-transport.ts';
import type { Role } from '../cast.ts';
import type { Front } from '../plane/front.ts';

export interface Answer {
  code: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the API server says.
  body: any;
}

export interface Stage {
  /** Requests of one of the cast, with a user agent of its own. */
  by(role: Role, ua?: string, headers?: Record<string, string>): Asking;
  /** The real kubectl. */
  kubectl(role: Role, ...args: string[]): Promise<{ failed: boolean; printed: string }>;
  /** The transport of the product, with its user agent. */
  transport(role: Role): KubeTransport;
  /** The audit log so far: an event may come a moment after its answer. */
  audited(): string;
  until(what: string, check: () => Promise<boolean>): Promise<void>;
  close(): void;
}

type Send = (path: string, body?: unknown) => Promise<Answer>;
export interface Asking {
  get: Send;
  post: Send;
  put: Send;
  /** A JSON merge patch. */
  merge: Send;
  strategic: Send;
  json: Send;
  del: Send;
  /** Asks for a stream, as kubectl exec does, and gives up. */
  upgrade: (method: 'GET' | 'POST', path: string) => Promise<Answer>;
}

const WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 100;

export function createStage(front: Front, kubectl: string, folder: string): Stage {
  const open: { close(): void }[] = [];
  return {
    by: (role, ua = `${role}-client/1.0`, headers = {}) => asking(front.urlOf(role), { 'user-agent': ua, ...headers }),
    kubectl: (role, ...args) =>
      new Promise((resolve) => {
        const all = [`--server=${front.urlOf(role)}`, `--cache-dir=${folder}/kubectl`, ...args];
        const env = { PATH: '', HOME: folder, KUBECONFIG: '/dev/null' };
        execFile(kubectl, all, { env, timeout: WITHIN_MS }, (error, stdout, stderr) =>
          resolve({ failed: error !== null, printed: stdout + stderr }),
        );
      }),
    transport: (role) => {
      const userAgent = role === 'drainer' ? {} : { userAgent: `${role}-client/1.0` };
      const transport = createHttpsTransport({ server: front.urlOf(role), ...userAgent });
      open.push(transport);
      return transport;
    },
    audited: () => readFileSync(join(folder, 'audit.log'), 'utf8'),
    until: async (what, check) => {
      for (let waited = 0; !(await check()); waited += LOOK_EVERY_MS) {
        if (waited >= WITHIN_MS) throw new Error(`not within ${WITHIN_MS / 1000} s: ${what}`);
        await delay(LOOK_EVERY_MS);
      }
    },
    close: () => {
      for (const one of open) one.close();
    },
  };
}

function asking(url: string, headers: Record<string, string>): Asking {
  async function send(method: string, path: string, body: unknown, contentType: string, more = {}): Promise<Answer> {
    const response = await fetch(url + path, {
      method,
      headers: { ...headers, accept: 'application/json', 'content-type': contentType, ...more },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { code: response.status, body: isJson && text !== '' ? JSON.parse(text) : text };
  }
  const sending =
    (method: string, contentType = 'application/json'): Send =>
    (path, body) =>
      send(method, path, body, contentType);
  return {
    get: sending('GET'),
    post: sending('POST'),
    put: sending('PUT'),
    merge: sending('PATCH', 'application/merge-patch+json'),
    strategic: sending('PATCH', 'application/strategic-merge-patch+json'),
    json: sending('PATCH', 'application/json-patch+json'),
    del: sending('DELETE'),
    upgrade: (method, path) => upgrade(method, url + path, headers),
  };
}

function upgrade(method: string, url: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const protocol =
      method === 'GET'
        ? {
            upgrade: 'websocket',
            'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
            'sec-websocket-version': '13',
            'sec-websocket-protocol': 'v5.channel.k8s.io',
          }
        : { upgrade: 'SPDY/3.1', 'x-stream-protocol-version': 'v4.channel.k8s.io' };
    const asked = request(url, { method, headers: { ...headers, ...protocol, connection: 'Upgrade' } });
    asked.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve({ code: response.statusCode ?? 0, body: undefined }));
    });
    asked.on('upgrade', (_response, socket) => {
      socket.destroy();
      resolve({ code: 101, body: undefined });
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** The answer that was wanted, or an error that says what came instead. */
export function expectCode(answer: Answer, ...codes: number[]): Answer {
  if (codes.includes(answer.code)) return answer;
  throw new Error(
    `answered with ${answer.code} in place of ${codes.join(' or ')}: ${JSON.stringify(answer.body).slice(0, 400)}`,
  );
}
