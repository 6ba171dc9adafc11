import { createHash } from 'node:crypto';
import { isPodFinished } from '../conditions.ts';
import { completeObject } from '../defaults.ts';
import type { Manifest, Workload } from '../objects.ts';
import { resourceNamed } from '../resources.ts';
import { createIndex } from '../store-index.ts';
import { scaled } from './availability.ts';
import { progressOf } from './deployment-progress.ts';
import { controllerOf, referenceTo } from './pod-actions.ts';
import { type ControllerContext, createWorkQueue } from './work-queue.ts';

/**
 * Rolls a Deployment from its old ReplicaSets to the one of its template, within maxSurge and maxUnavailable. Removing an
 * old pod asks no disruption budget. https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy
 */
export function startDeployments(context: ControllerContext): void {
  const { store, clock } = context;
  const deploymentsByUid = createIndex(store, 'deployments', ({ metadata }) => metadata.uid);
  const setsByOwner = createIndex(store, 'replicasets', (set) => controllerOf(set)?.uid);
  const setsByUid = createIndex(store, 'replicasets', ({ metadata }) => metadata.uid);
  const livePods = createIndex(store, 'pods', (pod) => (isPodFinished(pod) ? undefined : controllerOf(pod)?.uid));

  const reconcile = (uid: string) => {
    const [deployment] = deploymentsByUid.of(uid);
    if (!deployment) return;
    const hash = hashOf(deployment);
    const sets = setsByOwner.of(uid);
    const current = sets.find(({ metadata }) => metadata.labels?.['pod-template-hash'] === hash);
    const old = sets.filter((set) => set !== current);
    const wanted = deployment.spec.replicas ?? 1;
    if (!deployment.spec.paused) roll(deployment, current ?? createSet(deployment, hash), old, wanted);
    report(deployment, setsByOwner.of(uid), hash);
  };

  const roll = (deployment: Workload, current: Workload, old: Workload[], wanted: number) => {
    if (deployment.spec.strategy?.type === 'Recreate') {
      for (const set of old) scale(set, 0);
      if (old.every(({ metadata }) => livePods.count(metadata.uid) === 0)) scale(current, wanted);
      return;
    }
    const { maxSurge, maxUnavailable } = limitsOf(deployment, wanted);
    const asked = sum([current, ...old].map(replicasOf));
    const more = Math.min(wanted + maxSurge - asked, wanted - replicasOf(current));
    if (more !== 0 && (more > 0 || replicasOf(current) > wanted)) return scale(current, replicasOf(current) + more);
    scaleDown(current, old, wanted - maxUnavailable);
  };

  /** Old pods that do not serve go first; then as many as leave `minAvailable` pods that do. */
  const scaleDown = (current: Workload, old: Workload[], minAvailable: number) => {
    const notYetThere = replicasOf(current) - count(current, 'availableReplicas');
    let room = sum([current, ...old].map(replicasOf)) - minAvailable - notYetThere;
    let spare = sum([current, ...old].map((set) => count(set, 'availableReplicas'))) - minAvailable;
    for (const set of old) {
      const idle = Math.max(0, replicasOf(set) - count(set, 'availableReplicas'));
      const unhealthy = Math.max(0, Math.min(room, idle));
      const healthy = Math.max(0, Math.min(spare, replicasOf(set) - unhealthy));
      room -= unhealthy;
      spare -= healthy;
      scale(set, replicasOf(set) - unhealthy - healthy);
    }
  };

  const createSet = (deployment: Workload, hash: string): Workload => {
    const { name, namespace = 'default' } = deployment.metadata;
    const label = { 'pod-template-hash': hash };
    const { template, selector, minReadySeconds = 0 } = deployment.spec;
    const labels = { ...template.metadata?.labels, ...label };
    const manifest: Manifest = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: `${name}-${hash}`, namespace, labels, ownerReferences: [referenceTo(deployment)] },
      spec: {
        replicas: 0,
        minReadySeconds,
        selector: { ...selector, matchLabels: { ...selector?.matchLabels, ...label } },
        template: { ...template, metadata: { ...template.metadata, labels } },
      },
    };
    return store.put(
      'replicasets',
      completeObject(manifest, resourceNamed('replicasets'), { store, nowMs: clock.now() }) as Workload,
    );
  };

  const scale = (set: Workload, replicas: number) => {
    if (set.spec.replicas === replicas) return;
    const metadata = { ...set.metadata, generation: (set.metadata.generation ?? 0) + 1 };
    store.put('replicasets', { ...set, metadata, spec: { ...set.spec, replicas } });
  };

  const report = (deployment: Workload, sets: Workload[], hash: string) => {
    const total = (field: string) => sum(sets.map((set) => count(set, field)));
    const current = sets.find(({ metadata }) => metadata.labels?.['pod-template-hash'] === hash);
    const counts = {
      replicas: total('replicas'),
      updatedReplicas: current ? count(current, 'replicas') : 0,
      readyReplicas: total('readyReplicas'),
      availableReplicas: total('availableReplicas'),
    };
    const observed = { ...counts, observedGeneration: deployment.metadata.generation };
    const progressing = progressOf(deployment, current, counts, clock.now());
    const conditions = progressing ? { conditions: [progressing] } : {};
    store.put('deployments', { ...deployment, status: { ...deployment.status, ...observed, ...conditions } });
  };

  const queue = createWorkQueue(context, reconcile);
  for (const deployment of store.list('deployments')) queue.add(deployment.metadata.uid);
  const unsubscribe = store.subscribe(({ resource, object }) => {
    if (resource === 'deployments') queue.add(object.metadata.uid);
    const set = resource === 'pods' ? setsByUid.of(controllerOf(object)?.uid ?? '')[0] : object;
    const owner = set?.kind === 'ReplicaSet' ? controllerOf(set) : undefined;
    if (owner) queue.add(owner.uid);
  });
  context.signal.addEventListener('abort', unsubscribe, { once: true });
}

/** The server's defaults are 25 % each; both zero means one may be unavailable. */
function limitsOf({ spec }: Workload, wanted: number): { maxSurge: number; maxUnavailable: number } {
  const { maxSurge = '25%', maxUnavailable = '25%' } = spec.strategy?.rollingUpdate ?? {};
  const surge = scaled(maxSurge, wanted, Math.ceil);
  const unavailable = scaled(maxUnavailable, wanted, Math.floor);
  return { maxSurge: surge, maxUnavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

function hashOf({ spec }: Workload): string {
  return createHash('sha256').update(JSON.stringify(spec.template)).digest('hex').slice(0, 10);
}

function replicasOf({ spec }: Workload): number {
  return spec.replicas ?? 1;
}

function count(set: Workload, field: string): number {
  return Number(set.status[field] ?? 0);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
