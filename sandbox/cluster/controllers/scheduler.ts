import { conditionOf, isPodFinished, withCondition } from '../conditions.ts';
import type { Node, Pod } from '../objects.ts';
import { createIndex } from '../store-index.ts';
import { type ControllerContext, createWorkQueue } from './work-queue.ts';

const DEFAULT_PODS_PER_NODE = 110;

/** Binds every pod without a node to the fitting node with the fewest pods, or says in its condition why none fits. */
export function startScheduler(context: ControllerContext): void {
  const { store, clock } = context;
  const waiting = new Set<string>();
  const pods = createIndex(store, 'pods', (pod) => pod.metadata.uid);
  const running = createIndex(store, 'pods', (pod) => (isPodFinished(pod) ? undefined : pod.spec.nodeName));
  const load = (node: Node) => running.count(node.metadata.name);

  const schedule = (uid: string) => {
    const [pod] = pods.of(uid);
    if (!pod || pod.spec.nodeName || isPodFinished(pod)) return waiting.delete(uid);
    const refusals = new Map<string, number>();
    const fitting = store.list('nodes').filter((node) => {
      const refusal = whyNot(pod, node, load(node));
      if (refusal) refusals.set(refusal, (refusals.get(refusal) ?? 0) + 1);
      return !refusal;
    });
    const [best] = fitting.sort((a, b) => load(a) - load(b) || (a.metadata.name < b.metadata.name ? -1 : 1));
    if (best) return bind(pod, best);
    waiting.add(uid);
    const total = store.list('nodes').length;
    const reasons = [...refusals].map(([reason, nodes]) => `${nodes} ${reason}`).sort();
    const message = `0/${total} nodes are available: ${reasons.join(', ')}.`;
    setScheduled(pod, { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message });
  };

  const bind = (pod: Pod, node: Node) => {
    waiting.delete(pod.metadata.uid);
    setScheduled(
      { ...pod, spec: { ...pod.spec, nodeName: node.metadata.name } },
      { type: 'PodScheduled', status: 'True' },
    );
  };

  const setScheduled = (pod: Pod, condition: Parameters<typeof withCondition>[1]) => {
    const conditions = withCondition(pod.status.conditions, condition, clock.now());
    store.put('pods', { ...pod, status: { ...pod.status, conditions } });
  };

  const queue = createWorkQueue(context, schedule);
  const see = (pod: Pod) => {
    if (!pod.spec.nodeName && !conditionOf(pod, 'PodScheduled')) queue.add(pod.metadata.uid);
  };
  for (const pod of store.list('pods')) see(pod);
  const unsubscribe = store.subscribe(({ type, resource, object }) => {
    if (resource === 'pods' && type !== 'DELETED') see(object as Pod);
    if (resource !== 'nodes' && !(resource === 'pods' && type === 'DELETED')) return;
    for (const uid of waiting) queue.add(uid);
  });
  context.signal.addEventListener('abort', unsubscribe, { once: true });
}

/** Why a pod cannot go to a node, in the scheduler's own words. */
function whyNot(pod: Pod, node: Node, load: number): string | undefined {
  const { tolerations = [], nodeSelector = {} } = pod.spec;
  const tolerates = (taint: { key: string; value?: string; effect: string }) =>
    tolerations.some(
      ({ key, operator = 'Equal', value, effect }) =>
        (!effect || effect === taint.effect) &&
        (operator === 'Exists'
          ? !key || key === taint.key
          : key === taint.key && (value ?? '') === (taint.value ?? '')),
    );
  const cordon = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
  if (node.spec.unschedulable && !tolerates(cordon)) return 'node(s) were unschedulable';
  if (conditionOf(node, 'Ready')?.status !== 'True') return 'node(s) were not ready';
  const taint = node.spec.taints?.find((each) => each.effect !== 'PreferNoSchedule' && !tolerates(each));
  if (taint) return 'node(s) had untolerated taint(s)';
  const labels = node.metadata.labels ?? {};
  if (Object.entries(nodeSelector).some(([key, value]) => labels[key] !== value)) {
    return "node(s) didn't match Pod's node affinity/selector";
  }
  return load >= Number(node.status.allocatable?.pods ?? DEFAULT_PODS_PER_NODE) ? 'Too many pods' : undefined;
}
