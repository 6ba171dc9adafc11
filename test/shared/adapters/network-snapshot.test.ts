import { DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import {
  DescribeInstanceTypesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  GetSubnetCidrReservationsCommand,
} from '@aws-sdk/client-ec2';
import {
  DescribeAddonCommand,
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  ListAddonsCommand,
  ListClustersCommand,
  ListNodegroupsCommand,
} from '@aws-sdk/client-eks';
import { describe, expect, it } from 'vitest';
import { account, awsError, networkAws } from './network-aws.ts';

describe('a network snapshot', () => {
  it('says whose it is by the ARNs of the clusters, and when it was taken', async () => {
    const { take } = networkAws();
    expect(await take()).toMatchObject({
      ...{ version: 1, account, partition: 'aws', region: 'eu-west-1', takenAt: '2026-11-21T08:00:00.000Z' },
      ...{
        clusters: ['demo'],
        denied: [],
        Subnets: [],
        VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off' },
      },
      Vpcs: [{ VpcId: 'vpc-1', EnableDnsSupport: { Value: true }, EnableDnsHostnames: { Value: false } }],
    });
  });

  it('has every page of a list, and asks for the VPCs of all clusters at once', async () => {
    const { ec2, take } = networkAws({ clusters: { a: 'vpc-1', b: 'vpc-1', c: 'vpc-2' } });
    ec2
      .on(DescribeSubnetsCommand)
      .resolves({ Subnets: [{ SubnetId: 'subnet-1' }], NextToken: 'more' })
      .on(DescribeSubnetsCommand, { NextToken: 'more' })
      .resolves({ Subnets: [{ SubnetId: 'subnet-2' }] });
    expect((await take()).Subnets?.map(({ SubnetId }) => SubnetId)).toEqual(['subnet-1', 'subnet-2']);
    const [first, ...others] = ec2.commandCalls(DescribeSubnetsCommand);
    expect(others).toHaveLength(1);
    expect(first?.args[0].input).toEqual({
      Filters: [{ Name: 'vpc-id', Values: ['vpc-1', 'vpc-2'] }],
      MaxResults: 1000,
    });
    expect(ec2.commandCalls(DescribeNatGatewaysCommand)[0]?.args[0].input).toEqual({
      Filter: [{ Name: 'vpc-id', Values: ['vpc-1', 'vpc-2'] }],
      MaxResults: 1000,
    });
    expect(ec2.commandCalls(DescribeVpcAttributeCommand)).toHaveLength(4);
  });

  it('gives up on a server that answers the same page again and again', async () => {
    const { ec2, take } = networkAws();
    ec2.on(DescribeSubnetsCommand).resolves({ Subnets: [], NextToken: 'same' });
    await expect(take()).rejects.toThrow(/reading ec2:DescribeSubnets of vpc-1: .*the same page was answered twice/);
  });

  it('asks the reservations only of subnets where prefixes are handed out', async () => {
    const { ec2, eks, take } = networkAws({ clusters: { plain: 'vpc-1', prefixed: 'vpc-1' } });
    eks.on(ListNodegroupsCommand).resolves({ nodegroups: ['workers'] });
    eks.on(DescribeNodegroupCommand, { clusterName: 'plain' }).resolves({ nodegroup: { subnets: ['subnet-1'] } });
    eks
      .on(DescribeNodegroupCommand, { clusterName: 'prefixed' })
      .resolves({ nodegroup: { subnets: ['subnet-2', 'subnet-gone'] } });
    eks.on(ListAddonsCommand, { clusterName: 'prefixed' }).resolves({ addons: ['coredns', 'vpc-cni'] });
    const configurationValues = '{"env":{"ENABLE_PREFIX_DELEGATION":"true"}}';
    eks.on(DescribeAddonCommand, { addonName: 'vpc-cni' }).resolves({ addon: { configurationValues } });
    ec2.on(DescribeSubnetsCommand).resolves({ Subnets: [{ SubnetId: 'subnet-1' }, { SubnetId: 'subnet-2' }] });
    const reservation = { SubnetId: 'subnet-2', Cidr: '10.0.0.0/28' };
    ec2
      .on(GetSubnetCidrReservationsCommand, { SubnetId: 'subnet-2' })
      .resolves({ SubnetIpv4CidrReservations: [reservation] });
    const { SubnetIpv4CidrReservations, Addons } = await take();
    expect(SubnetIpv4CidrReservations).toEqual([reservation]);
    expect(Addons).toEqual([
      { addonName: 'coredns', clusterName: 'prefixed' },
      { addonName: 'vpc-cni', clusterName: 'prefixed', configurationValues },
    ]);
  });

  it('has the launch templates in use without user data, and what their instance types can do', async () => {
    const { ec2, autoScaling, take } = networkAws();
    const Tags = [{ Key: 'kubernetes.io/cluster/demo', Value: 'owned' }];
    const other = { AutoScalingGroupName: 'other', Tags: [{ Key: 'eks:cluster-name', Value: 'elsewhere' }] };
    const LaunchTemplate = { LaunchTemplateId: 'lt-1', Version: '3' };
    autoScaling.on(DescribeAutoScalingGroupsCommand).resolves({
      AutoScalingGroups: [{ AutoScalingGroupName: 'workers', Tags, LaunchTemplate } as never, other as never],
    });
    const version = (VersionNumber: number, InstanceType: 'm5.large' | 'c5.large', LaunchTemplateId = 'lt-1') => ({
      LaunchTemplateId,
      VersionNumber,
      LaunchTemplateData: { InstanceType, UserData: 'c2VjcmV0' },
    });
    ec2
      .on(DescribeLaunchTemplateVersionsCommand)
      .resolves({ LaunchTemplateVersions: [version(7, 'm5.large'), version(1, 'm5.large', 'lt-not-ours')] })
      .on(DescribeLaunchTemplateVersionsCommand, { LaunchTemplateId: 'lt-1', Versions: ['3'] })
      .resolves({ LaunchTemplateVersions: [version(3, 'c5.large')] });
    const { LaunchTemplateVersions, AutoScalingGroups } = await take();
    expect(AutoScalingGroups?.map((each) => each.AutoScalingGroupName)).toEqual(['workers']);
    expect(LaunchTemplateVersions).toEqual([
      { LaunchTemplateId: 'lt-1', VersionNumber: 7, LaunchTemplateData: { InstanceType: 'm5.large' } },
      { LaunchTemplateId: 'lt-1', VersionNumber: 3, LaunchTemplateData: { InstanceType: 'c5.large' } },
    ]);
    expect(ec2.commandCalls(DescribeInstanceTypesCommand)[0]?.args[0].input.Filters).toEqual([
      { Name: 'instance-type', Values: ['c5.large', 'm5.large'] },
    ]);
  });
});

describe('a read that fails', () => {
  it.each([
    ['UnauthorizedOperation', 403],
    ['InvalidAction', 400],
    ['InternalError', 500],
  ])('with %s is noted, its list is left out, and the rest goes on', async (name, status) => {
    const { ec2, take } = networkAws();
    ec2
      .on(DescribeRouteTablesCommand)
      .resolves({ RouteTables: [{ RouteTableId: 'rtb-1' }], NextToken: 'more' })
      .on(DescribeRouteTablesCommand, { NextToken: 'more' })
      .rejects(awsError(name, status));
    const snapshot = await take();
    expect(snapshot).not.toHaveProperty('RouteTables');
    expect(snapshot.Subnets).toEqual([]);
    expect(snapshot.denied).toEqual([
      { action: 'ec2:DescribeRouteTables', about: 'vpc-1', message: `${name}: ${name} was thrown` },
    ]);
  });

  it('for another reason ends it, and says what was being read', async () => {
    const { ec2, take } = networkAws();
    ec2.on(DescribeSubnetsCommand).rejects(new Error('connect ECONNREFUSED'));
    await expect(take()).rejects.toThrow('reading ec2:DescribeSubnets of vpc-1: Error: connect ECONNREFUSED');
  });

  it('since it is throttled rests for ten seconds and more and is made again', async () => {
    const { ec2, take, clock } = networkAws();
    ec2
      .on(DescribeSubnetsCommand)
      .rejectsOnce(awsError('RequestLimitExceeded', 503))
      .resolves({ Subnets: [{ SubnetId: 'subnet-1' }] });
    const { Subnets, denied } = await take();
    expect(Subnets).toEqual([{ SubnetId: 'subnet-1' }]);
    expect(denied).toEqual([]);
    expect(clock.slept).toEqual([10_000]);
  });

  it('since it is throttled for ever is noted', async () => {
    const { ec2, take } = networkAws();
    ec2.on(DescribeSubnetsCommand).rejects(awsError('RequestLimitExceeded', 503));
    const { Subnets, denied } = await take();
    expect(Subnets).toBeUndefined();
    expect(denied?.map(({ action }) => action)).toEqual(['ec2:DescribeSubnets']);
  });
});

describe('the clusters of a snapshot', () => {
  it('are those that were named', async () => {
    const { take } = networkAws({ clusters: { a: 'vpc-1', b: 'vpc-2' } });
    const { Clusters, clusters } = await take({ clusterNames: ['b'] });
    expect(Clusters.map(({ name }) => name)).toEqual(['b']);
    expect(clusters).toEqual(['a', 'b']);
  });

  it('are those in the VPCs that were named', async () => {
    const { take } = networkAws({ clusters: { a: 'vpc-1', b: 'vpc-2' } });
    expect((await take({ vpcIds: ['vpc-2'] })).Clusters.map(({ name }) => name)).toEqual(['b']);
  });

  it.each([
    [{ clusterNames: ['c'] }, 'there is no EKS cluster c in eu-west-1', ['a', 'b']],
    [{ vpcIds: ['vpc-9'] }, 'no EKS cluster of eu-west-1 is in vpc-9', ['vpc-1', 'vpc-2']],
    [{ vpcIds: ['vpc-2'], clusterNames: ['a'] }, 'none of the clusters a is in vpc-2', ['vpc-1']],
  ])('that are not there are told with those that are: %j', async (wishes, message, known) => {
    const { take } = networkAws({ clusters: { a: 'vpc-1', b: 'vpc-2' } });
    await expect(take(wishes)).rejects.toMatchObject({ name: 'NothingToAuditError', message, known });
  });

  it('are there at all, or it is said that there are none', async () => {
    await expect(networkAws({ clusters: {} }).take()).rejects.toThrow('there is no EKS cluster in eu-west-1');
  });

  it('may be named by whoever may not list them', async () => {
    const { eks, take } = networkAws();
    eks.on(ListClustersCommand).rejects(awsError('AccessDeniedException', 403));
    const snapshot = await take({ clusterNames: ['demo'] });
    expect(snapshot).not.toHaveProperty('clusters');
    expect(snapshot.Clusters).toHaveLength(1);
    await expect(take()).rejects.toMatchObject({ cause: { name: 'DeniedError', right: 'eks:ListClusters' } });
    await expect(take({ clusterNames: ['nowhere'] })).rejects.toThrow('there is no EKS cluster nowhere in eu-west-1');
  });

  it('stay in it with their names alone when one of them may not be described', async () => {
    const { eks, take } = networkAws({ clusters: { a: 'vpc-1', b: 'vpc-2' } });
    eks.on(DescribeClusterCommand, { name: 'b' }).rejects(awsError('AccessDeniedException', 403));
    const { Clusters, denied } = await take();
    expect(Clusters[1]).toEqual({ name: 'b' });
    expect(denied).toMatchObject([{ action: 'eks:DescribeCluster', about: 'b' }]);
  });
});

describe('a look that is stopped', () => {
  it('throws the reason and asks nothing more', async () => {
    const { ec2, take } = networkAws();
    const stop = new AbortController();
    ec2.on(DescribeSubnetsCommand).callsFake(() => {
      stop.abort(new Error('enough'));
      return new Promise(() => {});
    });
    await expect(take({}, {}, stop.signal)).rejects.toThrow('enough');
  });
});
