import * as z from 'zod';

const text = z.string().exactOptional();
const flag = z.boolean().exactOptional();
const number = z.number().exactOptional();
const texts = z.array(z.string()).exactOptional();
const listOf = <T extends z.ZodType>(item: T) => z.array(item).exactOptional();
const state = z.object({ State: text }).exactOptional();
const groups = listOf(z.object({ GroupId: text, GroupName: text }));
const v4Blocks = listOf(z.object({ CidrBlock: text, CidrBlockState: state }));
const v6Blocks = listOf(z.object({ Ipv6CidrBlock: text, Ipv6CidrBlockState: state }));

const tags = listOf(z.object({ Key: text, Value: text }));

const subnet = z.object({
  ...{ SubnetId: z.string(), VpcId: z.string(), SubnetArn: text, OwnerId: text, State: text },
  ...{ AvailabilityZone: text, AvailabilityZoneId: text, OutpostArn: text },
  ...{ CidrBlock: text, AvailableIpAddressCount: number, Ipv6CidrBlockAssociationSet: v6Blocks },
  ...{ MapPublicIpOnLaunch: flag, AssignIpv6AddressOnCreation: flag, Ipv6Native: flag, EnableDns64: flag },
  BlockPublicAccessStates: z.object({ InternetGatewayBlockMode: text }).exactOptional(),
  Tags: tags,
});

const route = z.object({
  ...{ DestinationCidrBlock: text, DestinationIpv6CidrBlock: text, DestinationPrefixListId: text },
  ...{ GatewayId: text, NatGatewayId: text, EgressOnlyInternetGatewayId: text, TransitGatewayId: text },
  ...{ VpcPeeringConnectionId: text, NetworkInterfaceId: text, InstanceId: text, CarrierGatewayId: text },
  ...{ LocalGatewayId: text, CoreNetworkArn: text, State: text, Origin: text },
});

const association = z.object({
  ...{ RouteTableAssociationId: text, Main: flag, SubnetId: text, GatewayId: text },
  AssociationState: state,
});

const routeTable = z.object({
  ...{ RouteTableId: z.string(), VpcId: z.string(), OwnerId: text, Tags: tags },
  ...{ Associations: listOf(association), Routes: listOf(route) },
});

const natGateway = z.object({
  ...{ NatGatewayId: z.string(), VpcId: text, SubnetId: text, State: text, Tags: tags },
  ...{ ConnectivityType: text, AvailabilityMode: text, FailureCode: text, FailureMessage: text },
});

const vpc = z.object({
  ...{ VpcId: z.string(), OwnerId: text, CidrBlock: text, DhcpOptionsId: text, Tags: tags },
  ...{ CidrBlockAssociationSet: v4Blocks, Ipv6CidrBlockAssociationSet: v6Blocks },
  EnableDnsSupport: z.object({ Value: flag }).exactOptional(),
  EnableDnsHostnames: z.object({ Value: flag }).exactOptional(),
});

const dhcpOptions = z.object({
  DhcpOptionsId: z.string(),
  DhcpConfigurations: listOf(z.object({ Key: text, Values: listOf(z.object({ Value: text })) })),
});

const endpoint = z.object({
  ...{ VpcEndpointId: z.string(), VpcEndpointType: text, VpcId: text, ServiceName: text, State: text },
  ...{ RouteTableIds: texts, SubnetIds: texts, Groups: groups, PrivateDnsEnabled: flag, PolicyDocument: text },
});

const zone = z.object({
  ...{ ZoneName: text, ZoneId: text, ZoneType: text, State: text, OptInStatus: text, ParentZoneId: text },
});

const networkInterface = z.object({
  ...{ NetworkInterfaceId: z.string(), SubnetId: text, VpcId: text, OwnerId: text, Description: text },
  ...{ InterfaceType: text, Status: text, Groups: groups, TagSet: tags },
  Attachment: z.object({ InstanceId: text, Status: text }).exactOptional(),
  PrivateIpAddresses: listOf(z.object({ PrivateIpAddress: text, Primary: flag })),
  Ipv4Prefixes: listOf(z.object({ Ipv4Prefix: text })),
});

const reservation = z.object({
  ...{ SubnetCidrReservationId: text, SubnetId: text, Cidr: text, ReservationType: text, Description: text },
});

const ports = z.object({ From: number, To: number }).exactOptional();
const aclEntry = z.object({
  ...{ RuleNumber: number, Protocol: text, RuleAction: text, Egress: flag, CidrBlock: text, Ipv6CidrBlock: text },
  PortRange: ports,
});

const acl = z.object({
  ...{ NetworkAclId: z.string(), VpcId: text, IsDefault: flag, Entries: listOf(aclEntry) },
  Associations: listOf(z.object({ SubnetId: text })),
});

const permission = z.object({
  ...{ IpProtocol: text, FromPort: number, ToPort: number },
  IpRanges: listOf(z.object({ CidrIp: text })),
  Ipv6Ranges: listOf(z.object({ CidrIpv6: text })),
  UserIdGroupPairs: listOf(z.object({ GroupId: text })),
  PrefixListIds: listOf(z.object({ PrefixListId: text })),
});

const securityGroup = z.object({
  ...{ GroupId: z.string(), GroupName: text, VpcId: text, Tags: tags },
  ...{ IpPermissions: listOf(permission), IpPermissionsEgress: listOf(permission) },
});

const gateway = z.object({
  InternetGatewayId: z.string(),
  Attachments: listOf(z.object({ VpcId: text, State: text })),
});

export const networkLists = {
  ...{ Vpcs: listOf(vpc), DhcpOptions: listOf(dhcpOptions), Subnets: listOf(subnet), RouteTables: listOf(routeTable) },
  ...{ NatGateways: listOf(natGateway), InternetGateways: listOf(gateway), VpcEndpoints: listOf(endpoint) },
  ...{ AvailabilityZones: listOf(zone), NetworkInterfaces: listOf(networkInterface), NetworkAcls: listOf(acl) },
  VpcBlockPublicAccessOptions: z.object({ State: text, InternetGatewayBlockMode: text }).exactOptional(),
  ...{ SubnetIpv4CidrReservations: listOf(reservation), SubnetIpv6CidrReservations: listOf(reservation) },
  SecurityGroups: listOf(securityGroup),
};
