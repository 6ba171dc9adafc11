import type { AutoScalingGroup, InstanceTypeInfo, LaunchTemplateVersion } from './compute-shapes.ts';
import type { NetworkAcl, NetworkInterface, SecurityGroup, SubnetCidrReservation } from './ec2-address-shapes.ts';
import type {
  AvailabilityZone,
  DhcpOptions,
  InternetGateway,
  NatGateway,
  RouteTable,
  Subnet,
  Vpc,
  VpcEndpoint,
} from './ec2-shapes.ts';
import type { Addon, Cluster, FargateProfile, Nodegroup } from './eks-shapes.ts';
import type { ClusterObjects } from './kubernetes-shapes.ts';

/**
 * What one look at an account's region found: one file. The lists are the APIs' own, under their own names and with all pages in one.
 * A list that is absent was not read, so that what needs it is unknown; an empty one says that there are none.
 */
export interface NetworkSnapshot {
  version: 1;
  account: string;
  region: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  /** An instant in ISO 8601. */
  takenAt: string;
  /** The names of all clusters of the account in the region, as `aws eks list-clusters` prints them. */
  clusters?: readonly string[];
  /** Those to be judged: `cluster` of each `aws eks describe-cluster`. */
  Clusters: readonly Cluster[];
  Nodegroups?: readonly Nodegroup[];
  FargateProfiles?: readonly FargateProfile[];
  Addons?: readonly Addon[];
  Vpcs?: readonly Vpc[];
  DhcpOptions?: readonly DhcpOptions[];
  Subnets?: readonly Subnet[];
  RouteTables?: readonly RouteTable[];
  NatGateways?: readonly NatGateway[];
  InternetGateways?: readonly InternetGateway[];
  VpcEndpoints?: readonly VpcEndpoint[];
  AvailabilityZones?: readonly AvailabilityZone[];
  VpcBlockPublicAccessOptions?: { State?: string; InternetGatewayBlockMode?: string };
  NetworkInterfaces?: readonly NetworkInterface[];
  SubnetIpv4CidrReservations?: readonly SubnetCidrReservation[];
  SubnetIpv6CidrReservations?: readonly SubnetCidrReservation[];
  NetworkAcls?: readonly NetworkAcl[];
  SecurityGroups?: readonly SecurityGroup[];
  AutoScalingGroups?: readonly AutoScalingGroup[];
  LaunchTemplateVersions?: readonly LaunchTemplateVersion[];
  InstanceTypes?: readonly InstanceTypeInfo[];
  /** By the cluster's name; of a cluster that is absent nothing could be read inside. */
  kubernetes?: Readonly<Record<string, ClusterObjects>>;
  /** Reads that were refused. */
  denied?: readonly DeniedRead[];
}

export interface DeniedRead {
  /** For example `ec2:DescribeRouteTables`, or `list deployments.apps` in a cluster. */
  action: string;
  /** A VPC, a cluster, or the region. */
  about: string;
  message: string;
}
