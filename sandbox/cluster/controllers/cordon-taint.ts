import { type ControllerContext, createWorkQueue } from './work-queue.ts';

const TAINT = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

/** Gives every cordoned node its taint, and takes it away again. */
export function startCordonTaint(context: ControllerContext): void {
  const { store } = context;
  const queue = createWorkQueue(context, (name) => {
    const node = store.get('nodes', undefined, name);
    if (!node) return;
    const { taints = [], ...spec } = node.spec;
    const others = taints.filter(({ key }) => key !== TAINT.key);
    if (Boolean(spec.unschedulable) === others.length < taints.length) return;
    const next = spec.unschedulable ? [...others, TAINT] : others;
    store.put('nodes', { ...node, spec: { ...spec, ...(next.length > 0 ? { taints: next } : {}) } });
  });
  for (const node of store.list('nodes')) queue.add(node.metadata.name);
  const unsubscribe = store.subscribe(({ type, resource, object }) => {
    if (resource === 'nodes' && type !== 'DELETED') queue.add(object.metadata.name);
  });
  context.signal.addEventListener('abort', unsubscribe, { once: true });
}
