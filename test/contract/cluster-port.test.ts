import { testKubeconfig } from '../control-plane/test-kubeconfig.ts';
import { clusterPortContract } from './cluster-port.ts';
import { openModel, openServedModel, realTime } from './targets/model.ts';
import { openRealServer } from './targets/real.ts';

clusterPortContract("the sandbox's cluster", () => openModel(realTime), { overHttps: false });

clusterPortContract("the sandbox's API server", openServedModel, { overHttps: true });

const kubeconfig = testKubeconfig('TEST_KUBECONFIG');
if (kubeconfig) clusterPortContract('a real API server', () => openRealServer(kubeconfig), { overHttps: true });
