export const managedTag = 'eks-node-lifecycle/managed';

/**
 * Why a group is none of our business; undefined: it is. Its tag `eks-node-lifecycle/managed` has the last word. Without it a group
 * counts that has a hook of ours; of an action of a hook, its verification tells.
 */
export function notOurGroup(
  group: { name: string; tags: Readonly<Record<string, string>> },
  ours: { hasHook: boolean; requireTag: boolean },
): { code: string; text: string } | undefined {
  const { name, tags } = group;
  const nodeGroup = tags['eks:nodegroup-name'];
  if (nodeGroup !== undefined) {
    const text = `${name} belongs to the managed node group ${nodeGroup}, which EKS drains itself`;
    return { code: 'managed-node-group', text };
  }
  const managed = tags[managedTag]?.toLowerCase();
  if (managed === 'false') return { code: 'opted-out', text: `${name} is tagged ${managedTag}=false` };
  if (managed === 'true') return undefined;
  if (ours.requireTag) return { code: 'not-opted-in', text: `${name} is not tagged ${managedTag}=true` };
  if (ours.hasHook) return undefined;
  return { code: 'no-hook-of-ours', text: `${name} has no lifecycle hook of ours, and no tag ${managedTag}=true` };
}
