import type { V1Lease } from '@kubernetes/client-node';
import type { ClusterPort, LeaseDraft, LeaseView } from '../cluster-port.ts';
import { call } from './kube-call.ts';
import type { KubeTransport } from './kube-transport.ts';
import { instantOf, kubePath, microTime, type Wire } from './kube-wire.ts';

/** Leases of one namespace: https://kubernetes.io/docs/concepts/architecture/leases/ */
export function kubeLeases(
  transport: KubeTransport,
  namespace: string,
): Pick<ClusterPort, 'getLease' | 'createLease' | 'updateLease'> {
  const leases = kubePath('apis', 'coordination.k8s.io', 'v1', 'namespaces', namespace, 'leases');
  return {
    getLease: async (name, signal) =>
      call(transport, { method: 'GET', path: `${leases}${kubePath(name)}` }, leaseView, signal),

    createLease: async (lease, signal) =>
      call(transport, { method: 'POST', path: leases, body: leaseBody(lease, { namespace }) }, leaseView, signal),

    updateLease: async (lease, signal) =>
      call(
        transport,
        {
          method: 'PUT',
          path: `${leases}${kubePath(lease.name)}`,
          body: leaseBody(lease, { namespace, resourceVersion: lease.resourceVersion }),
        },
        leaseView,
        signal,
      ),
  };
}

function leaseBody(
  { name, holder, durationSeconds, renewedAt, annotations }: LeaseDraft,
  place: { namespace: string; resourceVersion?: string },
): Wire<V1Lease> {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, annotations, ...place },
    spec: { holderIdentity: holder, leaseDurationSeconds: durationSeconds, renewTime: microTime(renewedAt) },
  };
}

function leaseView({ metadata = {}, spec }: Wire<V1Lease>): LeaseView {
  return {
    name: metadata.name ?? '',
    resourceVersion: metadata.resourceVersion ?? '',
    holder: spec?.holderIdentity ?? '',
    durationSeconds: spec?.leaseDurationSeconds ?? 0,
    renewedAt: spec?.renewTime === undefined ? 0 : instantOf(spec.renewTime),
    annotations: metadata.annotations ?? {},
  };
}
