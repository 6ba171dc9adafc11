import {
  AutoScalingClient,
  CompleteLifecycleActionCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  DescribeLifecycleHooksCommand,
  RecordLifecycleActionHeartbeatCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import middy from '@middy/core';

/** What a tick cannot do without, and nothing of ours: the yardstick for the bundle of the terminate function. */
const autoScaling = new AutoScalingClient({});
const eks = new EKSClient({});

export const handler = middy(async () => [
  autoScaling,
  eks,
  CompleteLifecycleActionCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  DescribeLifecycleHooksCommand,
  RecordLifecycleActionHeartbeatCommand,
  DescribeClusterCommand,
]);
