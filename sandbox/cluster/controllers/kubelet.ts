import { conditionOf, isPodFinished, withCondition } from '../conditions.ts';
import type { KubeObject, Node, Pod } from '../objects.ts';
import { createIndex } from '../store-index.ts';
import { timestamp } from '../timestamp.ts';
import { annotatedMs, deletePod } from './pod-actions.ts';
import { type ControllerContext, createWorkQueue } from './work-queue.ts';

/**
 * The kubelets of all nodes. A pod is ready after `sandbox/ready-after` (1s), ends by itself after `sandbox/finish-after`,
 * and stops after `sandbox/stop-after` (1s; `never` runs out its grace). A node becomes Ready after its own
 * `sandbox/ready-after` unless its manifest says how it is; on a node that is Ready=Unknown nothing happens.
 */
export function startKubelets(context: ControllerContext): void {
  const { store, clock } = context;
  const podsByUid = createIndex(store, 'pods', (pod) => pod.metadata.uid);
  const podsByNode = createIndex(store, 'pods', (pod) => pod.spec.nodeName);
  const firstSeen = new Map<string, number>();
  const stopping = new Map<string, number>();

  const reconcile = (uid: string) => {
    const [pod] = podsByUid.of(uid);
    const node = pod?.spec.nodeName ? store.get('nodes', undefined, pod.spec.nodeName) : undefined;
    if (!pod || !node || conditionOf(node, 'Ready')?.status === 'Unknown') return;
    if (pod.metadata.deletionTimestamp !== undefined) return stop(pod);
    const age = clock.now() - (firstSeen.get(uid) ?? clock.now());
    if (pod.status.phase === 'Pending') return run(pod, age);
    if (pod.status.phase === 'Running') finish(pod, age);
  };

  const later = (pod: Pod, afterMs: number) => queue.add(pod.metadata.uid, Math.max(0, afterMs));

  const run = (pod: Pod, age: number) => {
    const readyAfter = annotatedMs(pod, 'sandbox/ready-after', 1_000);
    const startAfter = Number.isFinite(readyAfter) ? readyAfter : 1_000;
    if (age < startAfter) return later(pod, startAfter - age);
    setStatus(pod, 'Running', Number.isFinite(readyAfter));
  };

  const finish = (pod: Pod, age: number) => {
    const finishAfter = annotatedMs(pod, 'sandbox/finish-after', Number.POSITIVE_INFINITY);
    if (age < finishAfter) return later(pod, finishAfter - age);
    setStatus(pod, 'Succeeded', false);
  };

  const stop = (pod: Pod) => {
    const { uid, deletionGracePeriodSeconds: grace = 0 } = pod.metadata;
    const since = stopping.get(uid) ?? clock.now();
    stopping.set(uid, since);
    const stopAfter = annotatedMs(pod, 'sandbox/stop-after', 1_000);
    const end = isPodFinished(pod) ? clock.now() : since + Math.min(stopAfter, grace * 1_000);
    if (clock.now() < end) return later(pod, end - clock.now());
    const phase = stopAfter > grace * 1_000 ? 'Failed' : 'Succeeded';
    const stopped = isPodFinished(pod) ? pod : setStatus(pod, phase, false);
    deletePod(stopped, context, 0);
  };

  const setStatus = (pod: Pod, phase: Pod['status']['phase'], ready: boolean): Pod => {
    const condition = { type: 'Ready', status: ready ? ('True' as const) : ('False' as const) };
    const conditions = withCondition(pod.status.conditions, condition, clock.now());
    const startTime = pod.status.startTime ?? timestamp(clock.now());
    return store.put('pods', { ...pod, status: { ...pod.status, phase, startTime, conditions } });
  };

  const readyNode = (name: string) => {
    const node = store.get('nodes', undefined, name);
    if (!node || conditionOf(node, 'Ready')) return;
    const conditions = withCondition(node.status.conditions, { type: 'Ready', status: 'True' }, clock.now());
    store.put('nodes', { ...node, status: { ...node.status, conditions } });
  };

  const queue = createWorkQueue(context, reconcile);
  const nodeQueue = createWorkQueue(context, readyNode);

  const seePod = (pod: Pod) => {
    if (!pod.spec.nodeName) return;
    if (!firstSeen.has(pod.metadata.uid)) firstSeen.set(pod.metadata.uid, clock.now());
    queue.add(pod.metadata.uid);
  };
  const seeNode = (node: Node) => {
    if (!conditionOf(node, 'Ready')) nodeQueue.add(node.metadata.name, annotatedMs(node, 'sandbox/ready-after', 1_000));
    for (const pod of podsByNode.of(node.metadata.name)) queue.add(pod.metadata.uid);
  };
  const forget = ({ metadata }: KubeObject) => {
    firstSeen.delete(metadata.uid);
    stopping.delete(metadata.uid);
  };
  for (const pod of store.list('pods')) seePod(pod);
  for (const node of store.list('nodes')) seeNode(node);
  const unsubscribe = store.subscribe(({ type, resource, object }) => {
    if (resource === 'pods') type === 'DELETED' ? forget(object) : seePod(object as Pod);
    if (resource === 'nodes' && type !== 'DELETED') seeNode(object as Node);
  });
  context.signal.addEventListener('abort', unsubscribe, { once: true });
}
