import { classifyPod } from '../lifecycle/classify-pod.ts';
import { hostnameOf } from '../lifecycle/mark.ts';
import type { DrainPolicy } from '../lifecycle/policy.ts';
import type { Verdict } from '../lifecycle/verdict.ts';
import type { ClusterSnapshot, PlanNode, PlanPod, PlanVolume } from './snapshot.ts';

export interface JudgedPlanPod {
  pod: PlanPod;
  verdict: Verdict;
}

/** The drain's own verdict on a pod of the node, before anything has been done. */
export type Judge = (pod: PlanPod, node: PlanNode) => Verdict;

/** As in a drain, a DaemonSet or a volume that cannot be read is taken to exist, or to be one that can move. */
export function openJudge(snapshot: ClusterSnapshot, policy: DrainPolicy, now: number): Judge {
  const daemonSets = new Map(snapshot.daemonSets?.map(({ namespace, name, uid }) => [`${namespace}/${name}`, uid]));
  const volumesOf = openVolumes(snapshot);
  return (pod, node) => {
    const { controller } = pod;
    const isAsked = controller?.kind === 'DaemonSet' && controller.apiVersion.startsWith('apps/');
    const daemonSetGone =
      isAsked &&
      snapshot.daemonSets !== undefined &&
      daemonSets.get(`${pod.namespace}/${controller.name}`) !== controller.uid;
    const localVolume = volumesOf(pod, pod.claims)?.some(({ hostnames }) => hostnames.includes(hostnameOf(node)));
    const facts = {
      node,
      instanceGone: false,
      daemonSetGone,
      localVolume: localVolume ?? false,
      siblingEvicted: false,
      settledAt: undefined,
    };
    return classifyPod(pod, facts, policy, now);
  };
}

/** The volumes that these claims of a pod are bound to; undefined when they cannot be read. A claim that is not bound has none. */
export function openVolumes(
  snapshot: ClusterSnapshot,
): (pod: Pick<PlanPod, 'namespace'>, claims: readonly string[]) => PlanVolume[] | undefined {
  const claims = new Map(snapshot.claims?.map((claim) => [`${claim.namespace}/${claim.name}`, claim.volumeName]));
  const volumes = new Map(snapshot.volumes?.map((volume) => [volume.name, volume]));
  return ({ namespace }, names) => {
    if (names.length === 0) return [];
    if (!snapshot.claims || !snapshot.volumes) return undefined;
    return names
      .map((name) => volumes.get(claims.get(`${namespace}/${name}`) ?? ''))
      .filter((volume) => volume !== undefined);
  };
}
