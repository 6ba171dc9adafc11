import type { PlacementPlan } from './drain-plan.ts';
import { type JudgedPlanPod, openVolumes } from './judge-pods.ts';
import { type Placement, placePods } from './place-pods.ts';
import type { ClusterSnapshot } from './snapshot.ts';

/** Also of those that block: they would go with the options that let them. Nobody replaces a pod without a controller. */
export function estimatePlacements(
  snapshot: ClusterSnapshot,
  targets: ReadonlySet<string>,
  judged: readonly JudgedPlanPod[],
): Map<string, Placement> {
  const volumesOf = openVolumes(snapshot);
  const moving = judged
    .filter(({ verdict }) => verdict.kind === 'evict' || verdict.kind === 'block')
    .map(({ pod }) => pod);
  const moves = moving
    .filter(({ controller }) => controller !== undefined && controller.kind !== 'DaemonSet')
    .map((pod) => ({
      pod,
      volumes: volumesOf(pod, pod.lastingClaims)
        ?.map(({ nodeTerms }) => nodeTerms)
        .filter((terms) => terms !== undefined),
    }));
  const gone = new Set(moving.map(({ uid }) => uid));
  const staying = snapshot.pods.filter(({ uid }) => !gone.has(uid));
  return placePods({ nodes: snapshot.nodes, targets, staying, moves });
}

/** In numbers, and what they take for granted. */
export function countPlacements(placements: ReadonlyMap<string, Placement>, snapshot: ClusterSnapshot): PlacementPlan {
  const count = (kind: Placement['kind']) => [...placements.values()].filter((each) => each.kind === kind).length;
  const waiting = snapshot.pods.filter(({ nodeName }) => nodeName === undefined).length;
  return {
    fits: count('fits'),
    pending: count('pending'),
    notSimulated: count('not-simulated'),
    assumptions: [
      'an estimate by requests: the scheduler weighs more, and an autoscaler may add nodes',
      'limits on volumes a node, preemption and preferences are left out',
      ...(waiting > 0 ? [`${waiting} pods wait for a node already and may take the room first`] : []),
    ],
  };
}
