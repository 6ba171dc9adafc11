import { setTimeout as delay } from 'node:timers/promises';
import { createManualClock } from '../../../sandbox/clock.ts';
import { overload } from '../../../sandbox/cluster/api-trouble.ts';
import { administrator, type Caller, type Grant } from '../../../sandbox/cluster/authorize.ts';
import { type Cluster, createCluster } from '../../../sandbox/cluster/create-cluster.ts';
import { serveCluster } from '../../../sandbox/cluster/serve-cluster.ts';
import { createHttpsTransport } from '../../../shared/adapters/https-transport.ts';
import { realClock } from '../../../shared/adapters/real-clock.ts';
import type { Auth } from '../../../shared/adapters/renewed-headers.ts';
import type { Clock } from '../../../shared/ports.ts';
import type { GuardedTarget, Rights, Target } from '../target.ts';
import { registerInModel } from './model-webhooks.ts';

type Time = Pick<Target, 'wait' | 'settle'> & { clock: Clock };

export const realTime: Time = {
  clock: realClock,
  wait: (milliseconds) => delay(milliseconds),
  settle: (promise) => promise,
};

export function manualTime(): Time {
  const clock = createManualClock(Date.parse('2026-03-01T08:00:00Z'));
  return { clock, wait: clock.advance, settle: clock.runUntil };
}

/** The model behind its port, without a socket. */
export async function openModel(time: Time): Promise<GuardedTarget> {
  const { cluster, arrange } = createModel(time);
  return {
    ...arrange((caller) => cluster.transportFor(caller)),
    stranger: cluster.transportFor({ token: 'stranger' }),
    close: async () => cluster.stop(),
  };
}

/** The model behind its HTTPS face, to the transport of the product. */
export async function openServedModel(): Promise<GuardedTarget> {
  const { cluster, arrange } = createModel(realTime);
  const { url, ca, close } = await serveCluster(cluster);
  const open: { close(): void }[] = [];
  const connect = (auth: Auth) => {
    const transport = createHttpsTransport({ server: url, ca, auth });
    open.push(transport);
    return transport;
  };
  const withToken = (token: string) => connect(async () => ({ authorization: `Bearer ${token}` }));
  const caller = { user: 'bearer', groups: [] };
  return {
    ...arrange((who) => withToken(tokenOf(who))),
    stranger: withToken('stranger'),
    bearer: async () => ({ caller, token: tokenOf(caller), connect }),
    close: async () => {
      for (const transport of open) transport.close();
      cluster.stop();
      await close();
    },
  };
}

/** In the model whoever has a token is who it says. */
const tokenOf = (caller: Caller) => Buffer.from(JSON.stringify(caller)).toString('base64url');
const callerOf = (token: string): Caller | undefined =>
  token === 'stranger' ? undefined : JSON.parse(Buffer.from(token, 'base64url').toString());

function createModel({ clock, wait, settle }: Time) {
  const grants: Grant[] = [];
  const cluster = createCluster({ clock, grants, authenticate: callerOf });
  const arrange = (as: GuardedTarget['as']) => ({
    as,
    admin: as(administrator),
    wait,
    settle,
    grant: async (rights: Rights) => void grants.push(rights),
    register: registerInModel(cluster),
    tooOld: async () => tooOld(cluster),
    forgotten: async () => {
      const path = '/api/v1/namespaces';
      const request = { method: 'GET' as const, path, query: { limit: '1' } };
      const { body } = await as(administrator).request(request, new AbortController().signal);
      cluster.compact();
      return { path, token: (body as { metadata: { continue: string } }).metadata.continue };
    },
    overload: async () => {
      // It hits everybody: meanwhile a test asks as nobody else.
      const end = cluster.faults.add({ match: () => true, effect: { answer: overload(1) } });
      return { crowded: as({ user: 'crowded', groups: [] }), end: async () => end() };
    },
  });
  return { cluster, arrange };
}

function tooOld(cluster: Cluster) {
  const [namespace] = cluster.list('namespaces');
  cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'later' } });
  cluster.compact();
  return { path: '/api/v1/namespaces', resourceVersion: namespace?.metadata.resourceVersion ?? '' };
}
