import { workloadOf } from '../lifecycle/workload.ts';
import type { SingletonPlan } from './drain-plan.ts';
import type { PlanPod } from './snapshot.ts';

/** Workloads of which every ready pod is to be evicted: nobody serves until a replacement does. */
export function findSingletons(pods: readonly PlanPod[], leaving: ReadonlySet<string>): SingletonPlan[] {
  const ready = new Map<string, PlanPod[]>();
  for (const pod of pods) {
    const workload = workloadName(pod);
    if (workload === undefined || !pod.ready || pod.deletionAt !== undefined) continue;
    const list = ready.get(workload) ?? [];
    ready.set(workload, list);
    list.push(pod);
  }
  return [...ready]
    .filter(([, mine]) => mine.every(({ uid }) => leaving.has(uid)))
    .map(([workload, mine]) => {
      const nodes = [...new Set(mine.map(({ nodeName = '' }) => nodeName))].sort();
      return { workload, readyPods: mine.length, nodes, text: sentence(mine.length, nodes) };
    })
    .sort((a, b) => (a.workload < b.workload ? -1 : 1));
}

function sentence(pods: number, [node, ...others]: readonly string[]): string {
  if (pods === 1) return `its only ready pod is on ${node}: an outage until the replacement is ready`;
  return others.length === 0
    ? `all ${pods} ready pods are on ${node}: an outage until a replacement is ready`
    : `all ${pods} ready pods are on nodes to be drained: an outage unless each is replaced before the next goes`;
}

/** In the words for one that may be surged. */
export function surgedFirst(singleton: SingletonPlan): SingletonPlan {
  const text = singleton.text.replace(/: an outage until .*/, ': another one starts first, where its strategy lets it');
  return { ...singleton, text };
}

/**
 * May its Deployment start another pod before this one goes, when that is asked for? With all its ready pods on one node, and no volume that
 * two nodes cannot share. Whether its strategy lets it is not known here.
 */
export function surgedWorkload(pod: PlanPod, singletons: ReadonlyMap<string, SingletonPlan>): string | undefined {
  const workload = workloadName(pod) ?? '';
  const isSingle = singletons.get(workload)?.nodes.length === 1;
  return isSingle && workloadOf(pod)?.kind === 'deployment' && pod.lastingClaims.length === 0 ? workload : undefined;
}

/** For example `deployment shop/web`; undefined for a pod that no such controller keeps. */
export function workloadName(pod: PlanPod): string | undefined {
  const workload = workloadOf(pod);
  return workload && `${workload.kind} ${workload.namespace}/${workload.name}`;
}
