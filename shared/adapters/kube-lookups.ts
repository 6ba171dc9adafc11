import type { V1ConfigMap, V1SelfSubjectAccessReview } from '@kubernetes/client-node';
import type { ClusterPort } from '../cluster-port.ts';
import { mappedRoles } from './kube-aws-auth.ts';
import { call } from './kube-call.ts';
import { daemonSetView } from './kube-daemon-set-view.ts';
import type { KubeTransport } from './kube-transport.ts';
import { kubePath, type Wire } from './kube-wire.ts';

export function kubeLookups(transport: KubeTransport): Pick<ClusterPort, 'getDaemonSet' | 'listMappedRoles' | 'mayI'> {
  return {
    getDaemonSet: async (namespace, name, signal) =>
      call(
        transport,
        { method: 'GET', path: kubePath('apis', 'apps', 'v1', 'namespaces', namespace, 'daemonsets', name) },
        daemonSetView,
        signal,
      ),

    listMappedRoles: async (signal) =>
      call(
        transport,
        { method: 'GET', path: kubePath('api', 'v1', 'namespaces', 'kube-system', 'configmaps', 'aws-auth') },
        ({ data }: Wire<V1ConfigMap>) => mappedRoles(data?.mapRoles ?? ''),
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
