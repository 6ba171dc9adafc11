import { CfnLifecycleHook } from 'aws-cdk-lib/aws-autoscaling';
import { Construct } from 'constructs';
import { hookNames, hookTransitions } from '../../shared/lifecycle/own-hooks.ts';
import type { HookTopic } from './hook-topic.ts';

export interface GroupHooksProps {
  groupName: string;
  clusterName: string;
  /** Which of a group's two hooks it gets. */
  terminate: boolean;
  launch: boolean;
  heartbeatTimeoutSeconds: number;
  notify: HookTopic;
}

/**
 * The hooks of one Auto Scaling group. A consumer that is dead must neither keep instances nor stop a scale-out: the default result is
 * CONTINUE for both, as EKS sets it for its managed node groups.
 */
export class GroupHooks extends Construct {
  constructor(scope: Construct, id: string, props: GroupHooksProps) {
    super(scope, id);
    const { groupName, clusterName, heartbeatTimeoutSeconds, notify } = props;
    for (const kind of ['terminate', 'launch'] as const) {
      if (!props[kind]) continue;
      const hook = new CfnLifecycleHook(this, kind, {
        autoScalingGroupName: groupName,
        lifecycleHookName: hookNames[kind],
        lifecycleTransition: hookTransitions[kind],
        heartbeatTimeout: heartbeatTimeoutSeconds,
        defaultResult: 'CONTINUE',
        notificationTargetArn: notify.topic.topicArn,
        roleArn: notify.role.roleArn,
        notificationMetadata: JSON.stringify({ cluster: clusterName }),
      });
      // Auto Scaling publishes a test message when the hook is made.
      hook.node.addDependency(notify);
    }
  }
}
