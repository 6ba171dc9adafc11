import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** Every Auto Scaling group of the account and region. */
export function groupArns(scope: Construct): string {
  return Stack.of(scope).formatArn({
    service: 'autoscaling',
    resource: 'autoScalingGroup',
    resourceName: '*:autoScalingGroupName/*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/**
 * Of those, none that is a managed node group's: EKS drains its nodes and completes its hooks itself. Holds whatever an event or a bug says.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html
 */
export const notManaged = { Null: { 'aws:ResourceTag/eks:nodegroup-name': 'true' } };

/** To hold a lifecycle action and to complete it. */
export function lifecycleActionRights(scope: Construct): PolicyStatement {
  return new PolicyStatement({
    actions: ['autoscaling:CompleteLifecycleAction', 'autoscaling:RecordLifecycleActionHeartbeat'],
    resources: [groupArns(scope)],
    conditions: notManaged,
  });
}
