import type { WantedHooks } from '../../../shared/lifecycle/hook-plan.ts';
import type { GroupHook, HookedGroup } from '../../../shared/lifecycle/hook-step.ts';

export const topicArn = 'arn:aws:sns:eu-west-1:123456789012:hooks';
export const roleArn = 'arn:aws:iam::123456789012:role/hooks';

export const wanted: WantedHooks = {
  clusterName: 'demo',
  topicArn,
  roleArn,
  heartbeatSeconds: 1800,
  kinds: ['terminate', 'launch'],
};

/** Of the cluster demo. */
export function groupOf(changes: Partial<HookedGroup> = {}): HookedGroup {
  return { name: 'workers', tags: { 'kubernetes.io/cluster/demo': 'owned' }, instances: [], ...changes };
}

/** The hook for terminations as a plan makes it. */
export function hookOf(changes: Partial<GroupHook> = {}): GroupHook {
  return {
    name: 'eks-node-lifecycle-terminate',
    transition: 'autoscaling:EC2_INSTANCE_TERMINATING',
    heartbeatSeconds: 1800,
    defaultResult: 'CONTINUE',
    topicArn,
    roleArn,
    metadata: '{"cluster":"demo"}',
    ...changes,
  };
}

export function launchHookOf(changes: Partial<GroupHook> = {}): GroupHook {
  return hookOf({
    name: 'eks-node-lifecycle-launch',
    transition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
    ...changes,
  });
}
