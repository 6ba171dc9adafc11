import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createHttpsTransport } from '../../../shared/adapters/https-transport.ts';
import type { StateFolder } from './state-folder.ts';

const READY_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 100;
/** `default` is where Events about Nodes go; the server makes it a moment after it is ready. */
const paths = ['/readyz', '/api/v1/namespaces/default'];

/**
 * Waits until the API server is ready and returns the certificate that it made for itself: the one to trust. Throws when that takes
 * longer than two minutes.
 */
export async function waitForServer(
  server: string,
  { path, tokens }: StateFolder,
  signal: AbortSignal,
): Promise<string> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(READY_WITHIN_MS)]);
  let last: unknown = 'no answer yet';
  while (!deadline.aborted) {
    try {
      const ca = readFileSync(join(path, 'certificates/apiserver.crt'), 'utf8');
      last = await firstRefusal(server, ca, tokens.admin, deadline);
      if (last === undefined) return ca;
    } catch (error) {
      // Not there, half written, or nobody listens yet.
      last = error;
    }
    await delay(LOOK_EVERY_MS);
  }
  signal.throwIfAborted();
  throw new Error(`kube-apiserver was not ready after ${READY_WITHIN_MS / 1000} s`, { cause: last });
}

async function firstRefusal(server: string, ca: string, token: string, signal: AbortSignal): Promise<unknown> {
  const transport = createHttpsTransport({ server, ca, auth: async () => ({ authorization: `Bearer ${token}` }) });
  try {
    for (const path of paths) {
      const { status, body } = await transport.request({ method: 'GET', path }, signal);
      if (status !== 200) return body;
    }
    return undefined;
  } finally {
    transport.close();
  }
}
