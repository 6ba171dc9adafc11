import { isPodReady, withCondition } from '../conditions.ts';
import { disruptionCondition } from '../evict-pod.ts';
import type { Budget, KubeObject, OwnerReference, Pod, Workload } from '../objects.ts';
import { findKind } from '../resources.ts';
import { matchesSelector } from '../selectors.ts';
import { qualified } from '../status-error.ts';
import { createIndex } from '../store-index.ts';
import { scaled } from './availability.ts';
import { controllerOf } from './pod-actions.ts';
import { type ControllerContext, createWorkQueue } from './work-queue.ts';

/** An evicted pod that is not deleted within this time counts again. */
const DELETION_TIMEOUT_MS = 120_000;

/** Keeps the status of every PodDisruptionBudget. https://kubernetes.io/docs/tasks/run-application/configure-pdb/ */
export function startDisruption(context: ControllerContext): void {
  const { store, clock } = context;
  const namespaceOf = ({ metadata }: KubeObject) => metadata.namespace;
  const podsIn = createIndex(store, 'pods', namespaceOf);
  const budgetsIn = createIndex(store, 'poddisruptionbudgets', namespaceOf);

  const reconcile = (key: string) => {
    const [namespace = '', name = ''] = key.split('/');
    const budget = store.get('poddisruptionbudgets', namespace, name);
    if (!budget) return;
    const pods = podsIn.of(namespace).filter(({ metadata }) => matchesSelector(budget.spec.selector, metadata.labels));
    try {
      const { expectedPods, desiredHealthy } = expectationOf(budget, pods, context);
      const disruptedPods = stillDisrupted(budget, pods, clock.now());
      const healthy = pods.filter(
        (pod) =>
          pod.metadata.deletionTimestamp === undefined && !(pod.metadata.name in disruptedPods) && isPodReady(pod),
      );
      const currentHealthy = healthy.length;
      const disruptionsAllowed = expectedPods > 0 ? Math.max(0, currentHealthy - desiredHealthy) : 0;
      const counts = { disruptionsAllowed, currentHealthy, desiredHealthy, expectedPods };
      const condition = disruptionCondition(budget.metadata.generation, disruptionsAllowed);
      const isDisrupted = Object.keys(disruptedPods).length > 0;
      const observed = {
        observedGeneration: budget.metadata.generation ?? 1,
        ...(isDisrupted ? { disruptedPods } : {}),
      };
      write(budget, { ...counts, ...observed }, condition);
      if (isDisrupted) queue.add(key, DELETION_TIMEOUT_MS);
    } catch (error) {
      if (!(error instanceof ExpectationError)) throw error;
      const failed = {
        type: 'DisruptionAllowed',
        status: 'False' as const,
        reason: 'SyncFailed',
        message: error.message,
      };
      write(budget, { ...budget.status, disruptionsAllowed: 0 }, failed);
    }
  };

  const write = (budget: Budget, status: Budget['status'], condition: Parameters<typeof withCondition>[1]) => {
    const conditions = withCondition(budget.status.conditions, condition, clock.now());
    store.put('poddisruptionbudgets', { ...budget, status: { ...status, conditions } });
  };

  const addBudgetsOf = (namespace: string) => {
    for (const { metadata } of budgetsIn.of(namespace)) queue.add(`${namespace}/${metadata.name}`);
  };

  const queue = createWorkQueue(context, reconcile);
  for (const { metadata } of store.list('poddisruptionbudgets')) queue.add(`${metadata.namespace}/${metadata.name}`);
  const relevant = ['poddisruptionbudgets', 'pods', 'replicasets', 'statefulsets', 'deployments'];
  const unsubscribe = store.subscribe(({ resource, object }) => {
    if (relevant.includes(resource)) addBudgetsOf(object.metadata.namespace ?? '');
  });
  context.signal.addEventListener('abort', unsubscribe, { once: true });
}

class ExpectationError extends Error {
  override name = 'ExpectationError';
}

/** How many pods there should be, and how many of them healthy. */
function expectationOf({ spec }: Budget, pods: readonly Pod[], context: ControllerContext) {
  if (spec.maxUnavailable !== undefined) {
    const expectedPods = expectedScale(pods, context);
    return {
      expectedPods,
      desiredHealthy: Math.max(0, expectedPods - scaled(spec.maxUnavailable, expectedPods, Math.ceil)),
    };
  }
  if (typeof spec.minAvailable === 'string') {
    const expectedPods = expectedScale(pods, context);
    return { expectedPods, desiredHealthy: scaled(spec.minAvailable, expectedPods, Math.ceil) };
  }
  return { expectedPods: pods.length, desiredHealthy: spec.minAvailable ?? 0 };
}

/** The sum of what the pods' controllers want; pods without a controller do not count. */
function expectedScale(pods: readonly Pod[], { store }: ControllerContext): number {
  const scales = new Map<string, number>();
  for (const pod of pods) {
    const owner = controllerOf(pod);
    if (!owner || scales.has(owner.uid)) continue;
    const { namespace } = pod.metadata;
    const set = owner.kind === 'ReplicaSet' ? store.get('replicasets', namespace, owner.name) : undefined;
    const parent = set ? controllerOf(set) : undefined;
    const scale: Workload | undefined =
      parent?.kind === 'Deployment'
        ? store.get('deployments', namespace, parent.name)
        : (set ?? (owner.kind === 'StatefulSet' ? store.get('statefulsets', namespace, owner.name) : undefined));
    if (!scale) throw new ExpectationError(noScale(owner, pod));
    scales.set(scale.metadata.uid, scale.spec.replicas ?? 1);
  }
  return [...scales.values()].reduce((total, each) => total + each, 0);
}

function noScale({ apiVersion, kind }: OwnerReference, pod: Pod): string {
  const resource = findKind(apiVersion, kind);
  if (!resource) return `no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`;
  if (kind === 'ReplicaSet' || kind === 'StatefulSet') return `found no controllers for pod "${pod.metadata.name}"`;
  return `${qualified(resource)} does not implement the scale subresource`;
}

function stillDisrupted({ status }: Budget, pods: readonly Pod[], nowMs: number): Record<string, string> {
  const entries = Object.entries(status.disruptedPods ?? {}).filter(([name, since]) => {
    const pod = pods.find(({ metadata }) => metadata.name === name);
    const expected = Date.parse(since) + DELETION_TIMEOUT_MS;
    return pod !== undefined && pod.metadata.deletionTimestamp === undefined && expected > nowMs;
  });
  return Object.fromEntries(entries);
}
