import type { V1DeleteOptions, V1Eviction } from '@kubernetes/client-node';
import type { ClusterPort } from '../cluster-port.ts';
import type { PodRef } from '../lifecycle/pod.ts';
import { call, nothing } from './kube-call.ts';
import { itemsOf, list } from './kube-list.ts';
import { podView } from './kube-pod-view.ts';
import type { KubeTransport } from './kube-transport.ts';
import { watch } from './kube-watch.ts';
import { kubePath, type Wire } from './kube-wire.ts';

const allPods = kubePath('api', 'v1', 'pods');
const podsOf = (namespace: string) => kubePath('api', 'v1', 'namespaces', namespace, 'pods');
const onNode = (nodeName: string) => ({ path: allPods, query: { fieldSelector: `spec.nodeName=${nodeName}` } });

export function kubePods(
  transport: KubeTransport,
): Pick<ClusterPort, 'listPods' | 'getPod' | 'listPodsOfNamespace' | 'evictPod' | 'deletePod' | 'watchPods'> {
  return {
    listPods: async (nodeName, signal) => list(transport, onNode(nodeName), podView, signal),

    getPod: async ({ namespace, name }, signal) =>
      call(transport, { method: 'GET', path: `${podsOf(namespace)}${kubePath(name)}` }, podView, signal),

    listPodsOfNamespace: async (namespace, signal) =>
      itemsOf(await list(transport, { path: podsOf(namespace) }, podView, signal)),

    evictPod: async (pod, { graceSeconds, dryRun = false }, signal) => {
      const body: Wire<V1Eviction> = {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { namespace: pod.namespace, name: pod.name },
        deleteOptions: deleteOptions(pod, graceSeconds, dryRun),
      };
      const path = `${podsOf(pod.namespace)}${kubePath(pod.name, 'eviction')}`;
      // In the query too, which is where admission webhooks are told of a dry run from.
      const query = dryRun ? { dryRun: 'All' } : {};
      return call(transport, { method: 'POST', path, query, body }, nothing, signal);
    },

    deletePod: async (pod, { graceSeconds, dryRun = false }, signal) => {
      // 0 would free the pod's name and volumes while its containers still run.
      if (!Number.isFinite(graceSeconds) || graceSeconds < 1)
        throw new RangeError(`graceSeconds must be at least 1, not ${graceSeconds}`);
      const path = `${podsOf(pod.namespace)}${kubePath(pod.name)}`;
      const body = deleteOptions(pod, graceSeconds, dryRun);
      return call(transport, { method: 'DELETE', path, body }, nothing, signal);
    },

    watchPods: (nodeName, resourceVersion, signal) =>
      watch(transport, onNode(nodeName), resourceVersion, podView, signal),
  };
}

/** The server counts whole seconds and refuses others; what is left of one is not promised to the pod. */
function deleteOptions({ uid }: PodRef, graceSeconds: number | undefined, dryRun: boolean): Wire<V1DeleteOptions> {
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    preconditions: { uid },
    ...(graceSeconds === undefined ? {} : { gracePeriodSeconds: Math.floor(graceSeconds) }),
    ...(dryRun ? { dryRun: ['All'] } : {}),
  };
}
