import type { Tag } from './ec2-shapes.ts';

/** What holds addresses, and what lets packets to them, as EC2's describe calls answer. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html */
export interface NetworkInterface {
  NetworkInterfaceId: string;
  SubnetId?: string;
  VpcId?: string;
  OwnerId?: string;
  Description?: string;
  InterfaceType?: string;
  Status?: string;
  Attachment?: { InstanceId?: string; Status?: string };
  Groups?: readonly { GroupId?: string; GroupName?: string }[];
  PrivateIpAddresses?: readonly { PrivateIpAddress?: string; Primary?: boolean }[];
  Ipv4Prefixes?: readonly { Ipv4Prefix?: string }[];
  TagSet?: readonly Tag[];
}

export interface SubnetCidrReservation {
  SubnetCidrReservationId?: string;
  SubnetId?: string;
  Cidr?: string;
  /** `prefix` or `explicit`. */
  ReservationType?: string;
  Description?: string;
}

export interface NetworkAcl {
  NetworkAclId: string;
  VpcId?: string;
  IsDefault?: boolean;
  Associations?: readonly { SubnetId?: string }[];
  Entries?: readonly NetworkAclEntry[];
}

export interface NetworkAclEntry {
  RuleNumber?: number;
  /** A number as text; `-1` is every protocol. */
  Protocol?: string;
  RuleAction?: string;
  Egress?: boolean;
  CidrBlock?: string;
  Ipv6CidrBlock?: string;
  PortRange?: { From?: number; To?: number };
}

export interface SecurityGroup {
  GroupId: string;
  GroupName?: string;
  VpcId?: string;
  IpPermissions?: readonly IpPermission[];
  IpPermissionsEgress?: readonly IpPermission[];
  Tags?: readonly Tag[];
}

export interface IpPermission {
  IpProtocol?: string;
  FromPort?: number;
  ToPort?: number;
  IpRanges?: readonly { CidrIp?: string }[];
  Ipv6Ranges?: readonly { CidrIpv6?: string }[];
  UserIdGroupPairs?: readonly { GroupId?: string }[];
  PrefixListIds?: readonly { PrefixListId?: string }[];
}
