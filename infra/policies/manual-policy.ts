import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { groupArns, notManaged } from './group-rights.ts';

/** The names of machines. */
export interface ManualMachines {
  request: string;
  drain: string;
}

/** What the function for drains by hand calls. Its rights inside a cluster are Kubernetes RBAC's. */
export function manualPolicy(scope: Construct, reports: IBucket, machines: ManualMachines): PolicyStatement[] {
  const stack = Stack.of(scope);
  const { COLON_RESOURCE_NAME: arnFormat } = ArnFormat;
  const machine = (resource: string, resourceName: string) =>
    stack.formatArn({ service: 'states', resource, resourceName, arnFormat });
  return [
    new PolicyStatement({
      actions: ['autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeAutoScalingInstances'],
      // None of them takes a resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html
      resources: ['*'],
    }),
    new PolicyStatement({
      actions: ['autoscaling:TerminateInstanceInAutoScalingGroup'],
      resources: [groupArns(scope)],
      conditions: notManaged,
    }),
    new PolicyStatement({
      actions: ['eks:DescribeCluster'],
      resources: [stack.formatArn({ service: 'eks', resource: 'cluster', resourceName: '*' })],
    }),
    new PolicyStatement({ actions: ['states:StartExecution'], resources: [machine('stateMachine', machines.request)] }),
    new PolicyStatement({
      actions: ['states:DescribeExecution'],
      resources: [machine('execution', `${machines.request}:*`), machine('execution', `${machines.drain}:*`)],
    }),
    new PolicyStatement({ actions: ['s3:GetObject'], resources: [reports.arnForObjects('reports/*')] }),
    // Without it a report that is not there yet is answered with 403 instead of 404.
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [reports.bucketArn] }),
  ];
}
