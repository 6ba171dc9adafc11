import { setTimeout as delay } from 'node:timers/promises';
import { KubeConfig } from '@kubernetes/client-node';
import { createManualClock } from '../../sandbox/clock.ts';
import { administrator, type Caller } from '../../sandbox/cluster/authorize.ts';
import { createCluster } from '../../sandbox/cluster/create-cluster.ts';
import { serveCluster } from '../../sandbox/cluster/serve-cluster.ts';
import { createHttpsTransport } from '../../shared/adapters/https-transport.ts';
import { createKubeconfigTransport } from '../../shared/adapters/kubeconfig-transport.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import type { Clock } from '../../shared/ports.ts';
import { apiServerContract } from './api-server.ts';
import { evictorRules } from './api-server-target.ts';
import { grantEvictor } from './grant-evictor.ts';

const callers: Record<string, Caller> = { admin: administrator, evictor: { user: 'evictor', groups: [] } };

function clusterOn(clock: Clock) {
  const grants = [{ user: 'evictor', rules: evictorRules }];
  return createCluster({ clock, grants, authenticate: (token) => callers[token] });
}

apiServerContract('the model in process', async () => {
  const clock = createManualClock(Date.parse('2026-03-01T08:00:00Z'));
  const cluster = clusterOn(clock);
  return {
    admin: cluster.transportFor({ token: 'admin' }),
    evictor: cluster.transportFor({ token: 'evictor' }),
    stranger: cluster.transportFor({ token: 'stranger' }),
    wait: (milliseconds) => clock.advance(milliseconds),
    settle: (promise) => clock.runUntil(promise),
    close: async () => cluster.stop(),
  };
});

apiServerContract('the model over HTTPS', async () => {
  const cluster = clusterOn(realClock);
  const { url, ca, close } = await serveCluster(cluster);
  const as = (token: string) =>
    createHttpsTransport({ server: url, ca, auth: async () => ({ authorization: `Bearer ${token}` }) });
  const transports = { admin: as('admin'), evictor: as('evictor'), stranger: as('stranger') };
  return {
    ...transports,
    wait: (milliseconds) => delay(milliseconds),
    settle: (promise) => promise,
    close: async () => {
      for (const transport of Object.values(transports)) transport.close();
      cluster.stop();
      await close();
    },
  };
});

const kubeconfig = process.env.TEST_KUBECONFIG;
if (kubeconfig)
  apiServerContract('a real API server', async () => {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const admin = createKubeconfigTransport(config);
    const evictor = createKubeconfigTransport(config, { auth: async () => ({ 'impersonate-user': 'evictor' }) });
    const strange = new KubeConfig();
    const { name, user, cluster } = config.getContextObject(config.currentContext) ?? {};
    strange.loadFromOptions({
      clusters: config.clusters,
      contexts: [{ name, user, cluster }],
      users: [{ name: user, token: 'stranger' }],
      currentContext: config.currentContext,
    });
    const stranger = createKubeconfigTransport(strange);
    const revoke = await grantEvictor(admin, evictorRules);
    return {
      admin,
      evictor,
      stranger,
      wait: (milliseconds) => delay(milliseconds),
      settle: (promise) => promise,
      close: async () => {
        await revoke();
        for (const transport of [admin, evictor, stranger]) transport.close();
      },
    };
  });
