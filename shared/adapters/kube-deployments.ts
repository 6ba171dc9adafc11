import type { V1Deployment } from '@kubernetes/client-node';
import type { ClusterPort } from '../cluster-port.ts';
import { restartedAtAnnotation } from '../lifecycle/deployment.ts';
import { call } from './kube-call.ts';
import { deploymentView } from './kube-deployment-view.ts';
import type { KubeTransport } from './kube-transport.ts';
import { kubePath, type Wire } from './kube-wire.ts';

export function kubeDeployments(transport: KubeTransport): Pick<ClusterPort, 'getDeployment' | 'restartDeployment'> {
  const pathOf = ({ namespace, name }: { namespace: string; name: string }) =>
    kubePath('apis', 'apps', 'v1', 'namespaces', namespace, 'deployments', name);
  return {
    getDeployment: async (ref, signal) => call(transport, { method: 'GET', path: pathOf(ref) }, deploymentView, signal),

    restartDeployment: async (ref, { restartedAt, resourceVersion }, signal) => {
      const annotations = { [restartedAtAnnotation]: restartedAt };
      const body: Wire<Pick<V1Deployment, 'metadata'>> & { spec: object } = {
        metadata: { resourceVersion },
        spec: { template: { metadata: { annotations } } },
      };
      const contentType = 'application/merge-patch+json';
      return call(transport, { method: 'PATCH', path: pathOf(ref), contentType, body }, deploymentView, signal);
    },
  };
}
