import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { TerminateSettings } from '../../shared/settings/terminate.ts';
import { lifecycleActionRights } from './group-rights.ts';
import { loadBalancerRights } from './load-balancer-rights.ts';

/** What a tick of a drain calls. Its rights inside a cluster are Kubernetes RBAC's. */
export function terminatePolicy(
  scope: Construct,
  reports: IBucket,
  { loadBalancers }: Pick<TerminateSettings, 'loadBalancers'>,
): PolicyStatement[] {
  return [
    lifecycleActionRights(scope),
    new PolicyStatement({
      actions: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeLifecycleHooks',
        'ec2:DescribeInstances',
        // Has the scheduled events of an instance: AWS Health's word alone drains nothing.
        'ec2:DescribeInstanceStatus',
      ],
      // None of them takes a resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html
      resources: ['*'],
    }),
    new PolicyStatement({
      actions: ['eks:DescribeCluster'],
      resources: [Stack.of(scope).formatArn({ service: 'eks', resource: 'cluster', resourceName: '*' })],
    }),
    new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [reports.arnForObjects('*')] }),
    // Without it a report that is not there yet is answered with 403 instead of 404.
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [reports.bucketArn] }),
    ...loadBalancerRights(scope, loadBalancers),
  ];
}
