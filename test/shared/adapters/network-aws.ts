import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import * as ec2Commands from '@aws-sdk/client-ec2';
import * as eksCommands from '@aws-sdk/client-eks';
import { mockClient } from 'aws-sdk-client-mock';
import {
  type SnapshotPorts,
  type SnapshotWishes,
  takeNetworkSnapshot,
} from '../../../shared/adapters/network-snapshot.ts';
import { manualClock } from './manual-clock.ts';

export const never = new AbortController().signal;
export const account = '111122223333';

/** EC2's lists and the commands that read them. */
const lists = {
  Vpcs: ec2Commands.DescribeVpcsCommand,
  DhcpOptions: ec2Commands.DescribeDhcpOptionsCommand,
  Subnets: ec2Commands.DescribeSubnetsCommand,
  RouteTables: ec2Commands.DescribeRouteTablesCommand,
  NatGateways: ec2Commands.DescribeNatGatewaysCommand,
  InternetGateways: ec2Commands.DescribeInternetGatewaysCommand,
  VpcEndpoints: ec2Commands.DescribeVpcEndpointsCommand,
  NetworkInterfaces: ec2Commands.DescribeNetworkInterfacesCommand,
  NetworkAcls: ec2Commands.DescribeNetworkAclsCommand,
  SecurityGroups: ec2Commands.DescribeSecurityGroupsCommand,
  AvailabilityZones: ec2Commands.DescribeAvailabilityZonesCommand,
  LaunchTemplateVersions: ec2Commands.DescribeLaunchTemplateVersionsCommand,
  InstanceTypes: ec2Commands.DescribeInstanceTypesCommand,
} as const;

export interface AwsLines {
  /** Each cluster's VPC. */
  clusters?: Readonly<Record<string, string>>;
}

/** AWS with these clusters and nothing else in it; what is asked for beyond that fails. */
export function networkAws({ clusters = { demo: 'vpc-1' } }: AwsLines = {}) {
  const ec2 = mockClient(ec2Commands.EC2Client);
  const eks = mockClient(eksCommands.EKSClient);
  const autoScaling = mockClient(AutoScalingClient);
  const unexpected = new Error('unexpected command');
  ec2.onAnyCommand().rejects(unexpected);
  eks.onAnyCommand().rejects(unexpected);
  autoScaling.onAnyCommand().rejects(unexpected);

  eks.on(eksCommands.ListClustersCommand).resolves({ clusters: Object.keys(clusters) });
  eks.on(eksCommands.DescribeClusterCommand).rejects(awsError('ResourceNotFoundException', 404));
  for (const [name, vpcId] of Object.entries(clusters)) {
    const arn = `arn:aws:eks:eu-west-1:${account}:cluster/${name}`;
    eks
      .on(eksCommands.DescribeClusterCommand, { name })
      .resolves({ cluster: { name, arn, resourcesVpcConfig: { vpcId } } });
  }
  eks.on(eksCommands.ListNodegroupsCommand).resolves({ nodegroups: [] });
  eks.on(eksCommands.ListFargateProfilesCommand).resolves({ fargateProfileNames: [] });
  eks.on(eksCommands.ListAddonsCommand).resolves({ addons: [] });
  autoScaling.on(DescribeAutoScalingGroupsCommand).resolves({ AutoScalingGroups: [] });

  for (const [name, command] of Object.entries(lists)) ec2.on(command as never).resolves({ [name]: [] } as never);
  const vpcs = [...new Set(Object.values(clusters))].map((VpcId) => ({ VpcId, DhcpOptionsId: 'default' }));
  ec2.on(ec2Commands.DescribeVpcsCommand).resolves({ Vpcs: vpcs });
  ec2
    .on(ec2Commands.DescribeVpcAttributeCommand)
    .resolves({ EnableDnsSupport: { Value: true } })
    .on(ec2Commands.DescribeVpcAttributeCommand, { Attribute: 'enableDnsHostnames' })
    .resolves({ EnableDnsHostnames: { Value: false } });
  ec2
    .on(ec2Commands.DescribeVpcBlockPublicAccessOptionsCommand)
    .resolves({ VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off' } });

  const clock = manualClock();
  const region = 'eu-west-1';
  const ports: SnapshotPorts = {
    ec2: new ec2Commands.EC2Client({ region }),
    eks: new eksCommands.EKSClient({ region }),
    autoScaling: new AutoScalingClient({ region }),
    ...{ region, clock, random: () => 0 },
  };
  const take = (wishes: Partial<SnapshotWishes> = {}, more: Partial<SnapshotPorts> = {}, signal = never) =>
    takeNetworkSnapshot({ clusterNames: [], vpcIds: [], ...wishes }, { ...ports, ...more }, signal);
  const calls = () => ec2.calls().length + eks.calls().length + autoScaling.calls().length;
  return { ec2, eks, autoScaling, clock, take, calls };
}

/** As the SDK throws it. */
export function awsError(name: string, httpStatusCode = 400): Error {
  return Object.assign(new Error(`${name} was thrown`), { name, $metadata: { httpStatusCode } });
}
