import { createManualClock } from '../../sandbox/clock.ts';
import { createCluster } from '../../sandbox/cluster/create-cluster.ts';
import { testKubeconfig } from '../control-plane/test-kubeconfig.ts';
import { controllersContract } from './controllers.ts';
import { openRealCluster } from './targets/real.ts';

controllersContract('the model with its controllers', async () => {
  const clock = createManualClock(Date.parse('2026-03-01T08:00:00Z'));
  const cluster = createCluster({ clock });
  cluster.start();
  return {
    admin: cluster.transportFor(),
    wait: (milliseconds) => clock.advance(milliseconds),
    settle: (promise) => clock.runUntil(promise),
    close: async () => cluster.stop(),
  };
});

/** Of a control plane with controllers, a scheduler and kwok. */
const kubeconfig = testKubeconfig('TEST_KUBECONFIG_CONTROLLERS');
if (kubeconfig) controllersContract('a real control plane', () => openRealCluster(kubeconfig));
