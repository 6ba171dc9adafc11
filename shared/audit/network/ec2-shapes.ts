/** What EC2's describe calls answer, as far as it is looked at. Everything but what names a thing may be absent. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html */
export interface Tag {
  Key?: string;
  Value?: string;
}

export interface Subnet {
  SubnetId: string;
  VpcId: string;
  SubnetArn?: string;
  OwnerId?: string;
  State?: string;
  /** The zone's name, which another account may give to another zone. */
  AvailabilityZone?: string;
  /** The zone itself, for example `use1-az1`. */
  AvailabilityZoneId?: string;
  OutpostArn?: string;
  CidrBlock?: string;
  AvailableIpAddressCount?: number;
  MapPublicIpOnLaunch?: boolean;
  AssignIpv6AddressOnCreation?: boolean;
  Ipv6Native?: boolean;
  EnableDns64?: boolean;
  Ipv6CidrBlockAssociationSet?: readonly { Ipv6CidrBlock?: string; Ipv6CidrBlockState?: { State?: string } }[];
  BlockPublicAccessStates?: { InternetGatewayBlockMode?: string };
  Tags?: readonly Tag[];
}

export interface Route {
  DestinationCidrBlock?: string;
  DestinationIpv6CidrBlock?: string;
  DestinationPrefixListId?: string;
  /** An internet gateway, a virtual private gateway, a gateway endpoint, or `local`. */
  GatewayId?: string;
  NatGatewayId?: string;
  EgressOnlyInternetGatewayId?: string;
  TransitGatewayId?: string;
  VpcPeeringConnectionId?: string;
  NetworkInterfaceId?: string;
  InstanceId?: string;
  CarrierGatewayId?: string;
  LocalGatewayId?: string;
  CoreNetworkArn?: string;
  State?: string;
  Origin?: string;
}

export interface RouteTable {
  RouteTableId: string;
  VpcId: string;
  OwnerId?: string;
  Associations?: readonly RouteTableAssociation[];
  Routes?: readonly Route[];
  Tags?: readonly Tag[];
}

export interface RouteTableAssociation {
  RouteTableAssociationId?: string;
  Main?: boolean;
  SubnetId?: string;
  /** Of an edge association: the table routes what comes in through this gateway. */
  GatewayId?: string;
  AssociationState?: { State?: string };
}

export interface NatGateway {
  NatGatewayId: string;
  VpcId?: string;
  /** A regional gateway has none. */
  SubnetId?: string;
  State?: string;
  ConnectivityType?: string;
  AvailabilityMode?: string;
  FailureCode?: string;
  FailureMessage?: string;
  Tags?: readonly Tag[];
}

export interface InternetGateway {
  InternetGatewayId: string;
  Attachments?: readonly { VpcId?: string; State?: string }[];
}

export interface AvailabilityZone {
  ZoneName?: string;
  ZoneId?: string;
  /** `availability-zone`, `local-zone` or `wavelength-zone`. */
  ZoneType?: string;
  State?: string;
  OptInStatus?: string;
  ParentZoneId?: string;
}

/** As of `describe-vpcs`, and beside it the answers of `describe-vpc-attribute`. */
export interface Vpc {
  VpcId: string;
  OwnerId?: string;
  CidrBlock?: string;
  CidrBlockAssociationSet?: readonly { CidrBlock?: string; CidrBlockState?: { State?: string } }[];
  Ipv6CidrBlockAssociationSet?: readonly { Ipv6CidrBlock?: string; Ipv6CidrBlockState?: { State?: string } }[];
  /** `default`: it has no options at all. */
  DhcpOptionsId?: string;
  EnableDnsSupport?: { Value?: boolean };
  EnableDnsHostnames?: { Value?: boolean };
  Tags?: readonly Tag[];
}

export interface DhcpOptions {
  DhcpOptionsId: string;
  DhcpConfigurations?: readonly { Key?: string; Values?: readonly { Value?: string }[] }[];
}

export interface VpcEndpoint {
  VpcEndpointId: string;
  VpcEndpointType?: string;
  VpcId?: string;
  ServiceName?: string;
  State?: string;
  RouteTableIds?: readonly string[];
  SubnetIds?: readonly string[];
  Groups?: readonly { GroupId?: string; GroupName?: string }[];
  PrivateDnsEnabled?: boolean;
  PolicyDocument?: string;
}
