import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { lifecycleActionRights } from './group-rights.ts';

/** What a tick of a launch calls, its diagnosis included. Its rights inside a cluster are Kubernetes RBAC's. */
export function launchPolicy(scope: Construct): PolicyStatement[] {
  const stack = Stack.of(scope);
  return [
    lifecycleActionRights(scope),
    new PolicyStatement({
      actions: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeLifecycleHooks',
        'autoscaling:DescribeScalingActivities',
        'ec2:DescribeInstances',
      ],
      // None of them takes a resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html
      resources: ['*'],
    }),
    new PolicyStatement({
      actions: ['ec2:GetConsoleOutput'],
      resources: [stack.formatArn({ service: 'ec2', resource: 'instance', resourceName: '*' })],
      // A console can tell secrets: only those of instances that Auto Scaling launched are read, and none of managed node groups.
      conditions: {
        Null: { 'aws:ResourceTag/aws:autoscaling:groupName': 'false', 'aws:ResourceTag/eks:nodegroup-name': 'true' },
      },
    }),
    new PolicyStatement({
      actions: ['iam:GetInstanceProfile'],
      resources: [stack.formatArn({ service: 'iam', region: '', resource: 'instance-profile', resourceName: '*' })],
    }),
    new PolicyStatement({
      actions: ['eks:DescribeCluster'],
      resources: [stack.formatArn({ service: 'eks', resource: 'cluster', resourceName: '*' })],
    }),
    new PolicyStatement({
      actions: ['eks:DescribeAccessEntry'],
      resources: [
        stack.formatArn({ service: 'eks', resource: 'cluster', resourceName: '*' }),
        stack.formatArn({ service: 'eks', resource: 'access-entry', resourceName: '*' }),
      ],
    }),
  ];
}
