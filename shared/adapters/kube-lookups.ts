import type { V1DaemonSet, V1SelfSubjectAccessReview } from '@kubernetes/client-node';
import type { ClusterPort } from '../cluster-port.ts';
import { call } from './kube-call.ts';
import type { KubeTransport } from './kube-transport.ts';
import { kubePath, type Wire } from './kube-wire.ts';

export function kubeLookups(transport: KubeTransport): Pick<ClusterPort, 'getDaemonSet' | 'mayI'> {
  return {
    getDaemonSet: async (namespace, name, signal) =>
      call(
        transport,
        { method: 'GET', path: kubePath('apis', 'apps', 'v1', 'namespaces', namespace, 'daemonsets', name) },
        ({ metadata }: Wire<V1DaemonSet>) => ({ uid: metadata?.uid ?? '' }),
        signal,
      ),

    mayI: async (access, signal) => {
      const body: Wire<V1SelfSubjectAccessReview> = {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: access },
      };
      const path = kubePath('apis', 'authorization.k8s.io', 'v1', 'selfsubjectaccessreviews');
      return call(
        transport,
        { method: 'POST', path, body },
        ({ status }: Wire<V1SelfSubjectAccessReview>) => status?.allowed ?? false,
        signal,
      );
    },
  };
}
