import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { TerminateSettings } from '../../shared/settings/terminate.ts';

/**
 * To see where a node is registered, and to take it out only where the settings ask for that.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancing.html
 */
export function loadBalancerRights(scope: Construct, mode: TerminateSettings['loadBalancers']): PolicyStatement[] {
  if (mode === 'off') return [];
  const look = new PolicyStatement({
    actions: [
      'elasticloadbalancing:DescribeInstanceHealth',
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeTargetHealth',
    ],
    // None of them takes a resource.
    resources: ['*'],
  });
  if (mode === 'wait') return [look];
  const arn = (resourceName: string, resource: string) =>
    Stack.of(scope).formatArn({ service: 'elasticloadbalancing', resource, resourceName });
  const out = [
    // Which ones there are is known only when a node goes: all of this account and region.
    { actions: ['elasticloadbalancing:DeregisterTargets'], resources: [arn('*/*', 'targetgroup')] },
    { actions: ['elasticloadbalancing:DeregisterInstancesFromLoadBalancer'], resources: [arn('*', 'loadbalancer')] },
  ];
  if (mode === 'deregister-all') return [look, ...out.map((statement) => new PolicyStatement(statement))];
  // Tells what is a controller's; it takes no resource either.
  look.addActions('elasticloadbalancing:DescribeTags');
  return [look, ...out.map((statement) => new PolicyStatement({ ...statement, conditions: notAControllers }))];
}

/** What a controller tags as its own is not ours to take from it, whatever a bug says. A cluster's name within a key cannot be left open here. */
const notAControllers = {
  Null: {
    'aws:ResourceTag/elbv2.k8s.aws/cluster': 'true',
    'aws:ResourceTag/eks:eks-cluster-name': 'true',
    'aws:ResourceTag/kubernetes.io/service-name': 'true',
  },
};
