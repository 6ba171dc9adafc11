import type { V1Node, V1ObjectMeta } from '@kubernetes/client-node';
import type { ClusterPort } from '../cluster-port.ts';
import { call } from './kube-call.ts';
import { itemsOf, list } from './kube-list.ts';
import { isInstance, nodeView } from './kube-node-view.ts';
import type { KubeTransport } from './kube-transport.ts';
import { watch } from './kube-watch.ts';
import { kubePath, type Wire } from './kube-wire.ts';

const nodes = kubePath('api', 'v1', 'nodes');
const named = (name: string) => ({ path: nodes, query: { fieldSelector: `metadata.name=${name}` } });

/** Only `metadata` of each object: https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches */
const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** https://kubernetes.io/docs/reference/labels-annotations-taints/#node-kubernetes-io-exclude-from-external-load-balancers */
const outOfLoadBalancers = 'node.kubernetes.io/exclude-from-external-load-balancers';

export function kubeNodes(
  transport: KubeTransport,
): Pick<ClusterPort, 'findNodes' | 'getNode' | 'listNode' | 'watchNode' | 'patchNode' | 'listMarkedNodes'> {
  return {
    // No field selector knows spec.providerID.
    findNodes: async (instanceId, signal) =>
      itemsOf(
        await list(
          transport,
          { path: nodes },
          (node: Wire<V1Node>) => (isInstance(node, instanceId) ? nodeView(node) : undefined),
          signal,
        ),
      ),

    getNode: async (name, signal) =>
      call(transport, { method: 'GET', path: `${nodes}${kubePath(name)}` }, nodeView, signal),

    listNode: async (name, signal) => list(transport, named(name), nodeView, signal),

    watchNode: (name, resourceVersion, signal) => watch(transport, named(name), resourceVersion, nodeView, signal),

    patchNode: async (name, patch, signal, { dryRun = false } = {}) =>
      call(
        transport,
        {
          method: 'PATCH',
          path: `${nodes}${kubePath(name)}`,
          ...(dryRun ? { query: { dryRun: 'All' } } : {}),
          body: patch,
          contentType: 'application/merge-patch+json',
        },
        nodeView,
        signal,
      ),

    listMarkedNodes: async (signal) =>
      itemsOf(
        await list(
          transport,
          {
            path: nodes,
            query: { labelSelector: outOfLoadBalancers, fieldSelector: 'spec.unschedulable=true' },
            accept: metadataOnly,
          },
          ({ metadata }: { metadata?: Wire<V1ObjectMeta> }) => ({
            name: metadata?.name ?? '',
            annotations: metadata?.annotations ?? {},
          }),
          signal,
        ),
      ),
  };
}
