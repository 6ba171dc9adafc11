import { rollTag } from './roll-mark.ts';
import type { StopReason } from './roll-step.ts';
import type { RollObservation, Standing } from './standing.ts';

const needed = ['Launch', 'Terminate'];

/** Why this group cannot be rolled, or not now; `held`: processes that a roll of ours has suspended itself. */
export function hazardOf(observation: RollObservation, held: readonly string[]): StopReason | undefined {
  const { group, refresh } = observation;
  const { name, tags, suspended, warmPool } = group;
  const nodeGroup = tags['eks:nodegroup-name'];
  if (nodeGroup !== undefined) {
    return {
      code: 'managed-node-group',
      text: `${name} belongs to the managed node group ${nodeGroup}, which EKS rolls itself`,
      next: `aws eks update-nodegroup-version --cluster-name CLUSTER --nodegroup-name ${nodeGroup}`,
    };
  }
  if (refresh) {
    return {
      code: 'instance-refresh',
      text: `instance refresh ${refresh.id} of ${name} is ${refresh.status}: it replaces the same instances`,
      next: `Wait for it, or end it: aws autoscaling cancel-instance-refresh --auto-scaling-group-name ${name}`,
    };
  }
  const off = needed.filter((each) => suspended.includes(each) && !held.includes(each));
  if (off.length > 0) {
    return {
      code: 'suspended',
      text: `${off.join(' and ')} ${off.length === 1 ? 'is' : 'are'} suspended in ${name}: nothing would be replaced`,
      next: `aws autoscaling resume-processes --auto-scaling-group-name ${name} --scaling-processes ${off.join(' ')}`,
    };
  }
  if (warmPool && (warmPool.size > 0 || warmPool.reuses)) {
    return {
      code: 'warm-pool',
      text: `${name} has a warm pool${warmPool.reuses ? ' that takes instances back' : ` of ${warmPool.size}`}: what comes out of it is not launched anew`,
      next: `aws autoscaling delete-warm-pool --auto-scaling-group-name ${name}, and put it back after the roll`,
    };
  }
  return undefined;
}

/** In the wrong cluster every instance looks as if it had never joined, and as if there were nothing to drain. */
export function nowhereOf({ nodes, group }: RollObservation, toLose: Standing['active']): StopReason | undefined {
  if (nodes.size > 0 || !toLose.some(({ lifecycleState }) => lifecycleState === 'InService')) return undefined;
  return {
    code: 'no-nodes',
    text: `none of the instances of ${group.name} is a node of this cluster`,
    next: 'See that the cluster, --context or --kubeconfig is the one that the group belongs to.',
  };
}

/** Old instances that somebody wants to keep. */
export function keptOf({ old }: Standing, groupName: string): StopReason | undefined {
  const kept = old.filter(({ protectedFromScaleIn }) => protectedFromScaleIn);
  const standby = old.filter(({ lifecycleState }) => /Standby/.test(lifecycleState));
  const first = kept[0] ?? standby[0];
  if (!first) return undefined;
  const ids = (some: typeof old) => some.map(({ id }) => id).join(' ');
  if (kept.length > 0) {
    return {
      code: 'protected',
      about: first.id,
      text: `protected from scale-in: ${ids(kept)}`,
      next: `aws autoscaling set-instance-protection --auto-scaling-group-name ${groupName} --no-protected-from-scale-in --instance-ids ${ids(kept)}`,
    };
  }
  return {
    code: 'standby',
    about: first.id,
    text: `in Standby: ${ids(standby)}`,
    next: `aws autoscaling exit-standby --auto-scaling-group-name ${groupName} --instance-ids ${ids(standby)}`,
  };
}

/** A tag that was not written by this program, or by a newer one. */
export function unreadable(groupName: string, text: string): StopReason {
  return {
    code: 'mark-unreadable',
    text: `the tag ${rollTag} of ${groupName} cannot be read: ${text}`,
    next: `See what desired capacity and maximum should be, then: aws autoscaling delete-tags --tags ResourceId=${groupName},ResourceType=auto-scaling-group,Key=${rollTag}`,
  };
}
