import type { V1Node, V1Taint } from '@kubernetes/client-node';
import type { NodeView, TaintView } from '../lifecycle/node.ts';
import { instantOf, type Wire } from './kube-wire.ts';

export function nodeView({ metadata = {}, spec, status }: Wire<V1Node>): NodeView {
  const ready = (status?.conditions ?? []).find((condition) => condition.type === 'Ready');
  const internal = (status?.addresses ?? []).filter(({ type }) => type === 'InternalIP').map(({ address }) => address);
  return {
    name: metadata.name ?? '',
    uid: metadata.uid ?? '',
    resourceVersion: metadata.resourceVersion ?? '',
    providerId: spec?.providerID,
    unschedulable: spec?.unschedulable ?? false,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    ready: ready?.status === 'True' || ready?.status === 'False' ? ready.status : 'Unknown',
    readySince: ready?.lastTransitionTime === undefined ? undefined : instantOf(ready.lastTransitionTime),
    ...(ready?.reason ? { readyReason: ready.reason } : {}),
    ...(ready?.message ? { readyMessage: ready.message } : {}),
    taints: (spec?.taints ?? []).map(taintView),
    volumesAttached: (status?.volumesAttached ?? []).map((volume) => volume.name),
    ...(internal.length > 0 && { addresses: internal }),
  };
}

/** With all that it has: a patch of the taints sends every one of them back. */
function taintView({ key, value, effect, timeAdded }: Wire<V1Taint>): TaintView {
  return { key, effect, ...(value ? { value } : {}), ...(timeAdded ? { timeAdded } : {}) };
}

/** `aws:///us-west-2a/i-0abc` is instance i-0abc and no other that begins with it. */
export function isInstance(node: Wire<V1Node>, instanceId: string): boolean {
  return node.spec?.providerID?.split('/').at(-1) === instanceId;
}
