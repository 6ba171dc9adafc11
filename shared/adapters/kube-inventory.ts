import type { V1DaemonSet, V1PersistentVolume, V1PersistentVolumeClaim } from '@kubernetes/client-node';
import type { InventoryPort } from '../inventory-port.ts';
import type { PlanClaim, PlanDaemonSet, PlanVolume } from '../plan/snapshot.ts';
import { inventoryNode } from './kube-inventory-node.ts';
import { inventoryPod } from './kube-inventory-pod.ts';
import { itemsOf, list } from './kube-list.ts';
import { nodeTermsView } from './kube-node-terms.ts';
import type { KubeTransport } from './kube-transport.ts';
import { pinnedHostnames } from './kube-volume-view.ts';
import { kubePath, type Wire } from './kube-wire.ts';

const unfinished = 'status.phase!=Succeeded,status.phase!=Failed';

/** Whole lists of a cluster for plans: nothing but GETs. */
export function createKubeInventory(transport: KubeTransport): InventoryPort {
  return {
    listNodes: async (selector, signal) => {
      const query = selector === undefined ? {} : { labelSelector: selector };
      return itemsOf(await list(transport, { path: kubePath('api', 'v1', 'nodes'), query }, inventoryNode, signal));
    },
    listPods: async (signal) => {
      const query = { fieldSelector: unfinished };
      return itemsOf(await list(transport, { path: kubePath('api', 'v1', 'pods'), query }, inventoryPod, signal));
    },
    listClaims: async (signal) =>
      itemsOf(await list(transport, { path: kubePath('api', 'v1', 'persistentvolumeclaims') }, claimView, signal)),
    listVolumes: async (signal) =>
      itemsOf(await list(transport, { path: kubePath('api', 'v1', 'persistentvolumes') }, volumeView, signal)),
    listDaemonSets: async (signal) =>
      itemsOf(await list(transport, { path: kubePath('apis', 'apps', 'v1', 'daemonsets') }, daemonSetView, signal)),
  };
}

function claimView({ metadata, spec }: Wire<V1PersistentVolumeClaim>): PlanClaim {
  return {
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    volumeName: spec?.volumeName || undefined,
  };
}

function volumeView(volume: Wire<V1PersistentVolume>): PlanVolume {
  return {
    name: volume.metadata?.name ?? '',
    hostnames: pinnedHostnames(volume),
    nodeTerms: nodeTermsView(volume.spec?.nodeAffinity?.required) ?? zoneTerms(volume.metadata?.labels),
  };
}

/** A volume of old may tell its zone by label alone. https://kubernetes.io/docs/reference/labels-annotations-taints/#topologykubernetesiozone */
function zoneTerms(labels: Readonly<Record<string, string>> = {}): PlanVolume['nodeTerms'] {
  const key = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'].find((each) => labels[each]);
  if (key === undefined) return undefined;
  const values = labels[key]?.split('__') ?? [];
  return [{ labels: [{ key: 'topology.kubernetes.io/zone', operator: 'In', values }], names: [] }];
}

function daemonSetView({ metadata }: Wire<V1DaemonSet>): PlanDaemonSet {
  return { namespace: metadata?.namespace ?? '', name: metadata?.name ?? '', uid: metadata?.uid ?? '' };
}
