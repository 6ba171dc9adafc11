import { describe, expect, test } from 'vitest';
import { clusterContexts } from '../../../../shared/audit/network/context.ts';
import { account, aSnapshot, aSubnet, contextOf } from './builders.ts';

describe("a cluster's view of a snapshot", () => {
  test('it has what is of its VPC and of its name, subnets by id', () => {
    const snapshot = aSnapshot({
      subnets: { 'subnet-b': {}, 'subnet-a': {} },
      Nodegroups: ['demo', 'demo-2'].map((clusterName) => ({ clusterName, nodegroupName: `of-${clusterName}` })),
    });
    const Subnets = [...(snapshot.Subnets ?? []), aSubnet('subnet-0', { VpcId: 'vpc-2' })];
    const context = contextOf({ ...snapshot, Subnets });
    expect(context.subnets?.map(({ SubnetId }) => SubnetId)).toEqual(['subnet-a', 'subnet-b']);
    expect(context.nodegroups?.map(({ nodegroupName }) => nodegroupName)).toEqual(['of-demo']);
    expect(context.routing.get('subnet-a')?.table.RouteTableId).toBe('rtb-subnet-a');
    expect(context.arn).toBe(`arn:aws:eks:eu-west-1:${account}:cluster/demo`);
  });

  test.each([
    ['kubernetes.io/cluster/demo', 'owned', true],
    ['kubernetes.io/cluster/demo', '', true],
    ['eks:cluster-name', 'demo', true],
    ['eks:cluster-name', 'demo-2', false],
    ['kubernetes.io/cluster/demo-2', 'owned', false],
  ])('a group tagged %s=%s is its own: %s', (Key, Value, isOwn) => {
    const { autoScalingGroups } = contextOf(
      aSnapshot({ AutoScalingGroups: [{ AutoScalingGroupName: 'g', Tags: [{ Key, Value }] }] }),
    );
    expect(autoScalingGroups).toHaveLength(Number(isOwn));
  });

  test('what was refused for its VPC or for it is unread, for others it is not', () => {
    const clusters = [
      { name: 'demo', resourcesVpcConfig: { vpcId: 'vpc-1' } },
      { name: 'other', resourcesVpcConfig: { vpcId: 'vpc-2' } },
    ];
    const denied = [
      { action: 'ec2:DescribeSubnets', about: 'vpc-1', message: 'no' },
      { action: 'eks:ListNodegroups', about: 'demo', message: 'no' },
    ];
    const [demo, other] = clusterContexts(aSnapshot({ Clusters: clusters, Nodegroups: [], denied }));
    expect([demo?.subnets, demo?.nodegroups, demo?.routeTables]).toEqual([undefined, undefined, []]);
    expect([other?.subnets, other?.nodegroups]).toEqual([[], []]);
  });

  test('lists that are not in the snapshot are unread', () => {
    const { version, region, partition, takenAt, Clusters } = aSnapshot();
    const context = contextOf({ version, account, region, partition, takenAt, Clusters });
    const { subnets, routeTables, natGateways, vpcEndpoints, networkInterfaces, nodegroups, autoScalingGroups } =
      context;
    const lists = [subnets, routeTables, natGateways, vpcEndpoints, networkInterfaces, nodegroups, autoScalingGroups];
    expect(lists).toEqual(lists.map(() => undefined));
    expect([context.controller, context.balancers.complete]).toEqual(['unread', false]);
  });
});
