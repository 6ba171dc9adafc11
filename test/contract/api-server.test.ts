import { testKubeconfig } from '../control-plane/test-kubeconfig.ts';
import { apiServerContract } from './api-server.ts';
import { manualTime, openModel, openServedModel } from './targets/model.ts';
import { openRealServer } from './targets/real.ts';

apiServerContract('the model in process', () => openModel(manualTime()));

apiServerContract('the model over HTTPS', openServedModel);

const kubeconfig = testKubeconfig('TEST_KUBECONFIG');
if (kubeconfig) apiServerContract('a real API server', () => openRealServer(kubeconfig));
