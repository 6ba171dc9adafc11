import { setTimeout as delay } from 'node:timers/promises';
import { KubeConfig } from '@kubernetes/client-node';
import { createManualClock } from '../../sandbox/clock.ts';
import { createCluster } from '../../sandbox/cluster/create-cluster.ts';
import { createKubeconfigTransport } from '../../shared/adapters/kubeconfig-transport.ts';
import { controllersContract } from './controllers.ts';

controllersContract('the model with its controllers', async () => {
  const clock = createManualClock(Date.parse('2026-03-01T08:00:00Z'));
  const cluster = createCluster({ clock });
  cluster.start();
  const admin = cluster.transportFor();
  return {
    admin,
    evictor: admin,
    stranger: admin,
    wait: (milliseconds) => clock.advance(milliseconds),
    settle: (promise) => clock.runUntil(promise),
    close: async () => cluster.stop(),
  };
});

/** Of a control plane with controllers, a scheduler and kwok. */
const kubeconfig = process.env.TEST_KUBECONFIG_CONTROLLERS;
if (kubeconfig)
  controllersContract('a real control plane', async () => {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const admin = createKubeconfigTransport(config);
    return {
      admin,
      evictor: admin,
      stranger: admin,
      wait: (milliseconds) => delay(milliseconds),
      settle: (promise) => promise,
      close: async () => admin.close(),
    };
  });
