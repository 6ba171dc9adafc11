import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const startSeconds = 60;

export interface Moto {
  url: string;
  stop(): Promise<void>;
}

/** A server of its own on a free port, empty. */
export async function startMoto(env: NodeJS.ProcessEnv = process.env): Promise<Moto> {
  if (!env.MOTO_SERVER) throw new Error('MOTO_SERVER is not set: npm run test:moto sets it');
  const port = await freePort();
  const child = spawn(env.MOTO_SERVER, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  const stop = () => stopped(child);
  try {
    await answers(`${url}/moto-api/`, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port is free');
  return address.port;
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const signal = AbortSignal.timeout(startSeconds * 1000);
  for (;;) {
    if (child.exitCode !== null) throw new Error(`moto_server ended with ${child.exitCode}`);
    const answer = await fetch(url, { signal }).catch(() => undefined);
    if (answer?.ok) return;
    await delay(100, undefined, { signal });
  }
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
