import { type NodeTerm, wantsNode } from '../lifecycle/daemon-set.ts';
import type { PlanNode, PlanPod } from './snapshot.ts';
import { cordonTaint, toleratesTaint } from './tolerates.ts';

/** Everything about a pod that can keep it from a node whatever runs there. */
export interface PodWants extends Pick<PlanPod, 'nodeSelector' | 'nodeTerms' | 'tolerations'> {
  /** One entry a volume: one of its terms must hold. */
  volumes: readonly (readonly NodeTerm[])[];
}

/**
 * Why no pod like this one may ever go to the node as it is, in the scheduler's own words; undefined: it may, if there is room.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/
 */
export function nodeRefusal(wants: PodWants, node: PlanNode, isTarget: boolean): string | undefined {
  if (isTarget) return 'node(s) were unschedulable';
  if (node.unschedulable && !toleratesTaint(wants.tolerations, cordonTaint)) return 'node(s) were unschedulable';
  if (node.ready !== 'True') return 'node(s) were not ready';
  const refused = node.taints.find(
    (taint) => taint.key !== cordonTaint.key && !toleratesTaint(wants.tolerations, taint),
  );
  if (refused) return `node(s) had untolerated taint {${refused.key}: ${refused.value ?? ''}}`;
  if (!selectsNode(wants, node)) return "node(s) didn't match Pod's node affinity/selector";
  const held = wants.volumes.some((nodeTerms) => !selectsNode({ nodeSelector: {}, nodeTerms }, node));
  return held ? 'node(s) had volume node affinity conflict' : undefined;
}

/** nodeSelector and required node affinity. */
export function selectsNode(
  { nodeSelector, nodeTerms }: Pick<PlanPod, 'nodeSelector' | 'nodeTerms'>,
  node: Pick<PlanNode, 'name' | 'labels'>,
): boolean {
  return wantsNode({ uid: '', nodeSelector, nodeTerms, tolerations: [] }, node);
}
