import type { HookedGroup } from './hook-step.ts';
import { nameCluster } from './name-cluster.ts';
import { notOurGroup } from './own-group.ts';

/** Asked for by name, where otherwise a group's tags must say whose it is. */
export interface GroupChoice {
  clusterName: string;
  named: boolean;
  /** As the stack's settings have it: hooks on a group that is not tagged would be ignored, and its instances wait for nothing. */
  requireTag: boolean;
}

/** Why a group gets no hooks; undefined: it may have them. */
export function noHooksFor(group: HookedGroup, choice: GroupChoice): { code: string; text: string } | undefined {
  return (
    otherCluster(group, choice) ??
    drainsItself(group) ??
    notOurGroup(group, { hasHook: true, requireTag: choice.requireTag })
  );
}

/** The metadata of a hook outranks tags, so that a group with the tags of two clusters may be given to one by name. */
export function otherCluster(
  { name: groupName, tags }: HookedGroup,
  { clusterName, named }: Omit<GroupChoice, 'requireTag'>,
): { code: string; text: string } | undefined {
  const found = nameCluster({ groupName, tags, metadata: undefined, setting: undefined });
  if ('name' in found) {
    if (found.name === clusterName) return undefined;
    return { code: 'other-cluster', text: `its tags say that it belongs to cluster ${found.name}` };
  }
  if (named && (found.problem === 'no-cluster' || isTagged(tags, clusterName))) return undefined;
  return { code: found.problem, text: `${found.text}; name it with --group if it is of ${clusterName}` };
}

function isTagged(tags: HookedGroup['tags'], clusterName: string): boolean {
  return tags[`kubernetes.io/cluster/${clusterName}`] !== undefined || tags['eks:cluster-name'] === clusterName;
}

/**
 * Karpenter and EKS Auto Mode start instances without a group and drain them themselves; a group with their tags is an oddity that is left
 * to whoever made it. `karpenter.sh/discovery` says only where Karpenter may look, and stands on groups that are nobody's but their owner's.
 * https://karpenter.sh/docs/concepts/nodeclasses/#spectags
 */
function drainsItself({ name, tags }: HookedGroup): { code: string; text: string } | undefined {
  const keys = Object.keys(tags);
  const karpenter = keys.find((key) => key.startsWith('karpenter.sh/') && key !== 'karpenter.sh/discovery');
  if (karpenter)
    return { code: 'karpenter', text: `${name} is tagged ${karpenter}: Karpenter drains its nodes itself` };
  if (!keys.includes('eks:eks-cluster-name')) return undefined;
  return { code: 'auto-mode', text: `${name} is tagged eks:eks-cluster-name: EKS Auto Mode drains its nodes itself` };
}
