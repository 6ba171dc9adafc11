import type { Judged, NetworkCheck } from '../../../../shared/audit/network/check.ts';
import { type ClusterContext, clusterContexts } from '../../../../shared/audit/network/context.ts';
import type { AvailabilityZone, Route, RouteTable, Subnet } from '../../../../shared/audit/network/ec2-shapes.ts';
import type { ClusterObjects, PodController } from '../../../../shared/audit/network/kubernetes-shapes.ts';
import type { NetworkSnapshot } from '../../../../shared/audit/network/snapshot.ts';

export const vpcId = 'vpc-1';
export const account = '111122223333';

/** Ways out of a subnet. */
export const via = {
  igw: [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active' }],
  nat: [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1', State: 'active' }],
  tgw: [{ DestinationCidrBlock: '0.0.0.0/0', TransitGatewayId: 'tgw-1', State: 'active' }],
  nowhere: [],
} satisfies Record<string, Route[]>;

export interface SubnetLine extends Partial<Omit<Subnet, 'Tags'>> {
  /** `a` is eu-west-1a; `lax` and `wl` are a Local and a Wavelength Zone. */
  zone?: string;
  /** Its own table's routes; `main` follows the VPC's main table, `unseen` has none that is to be seen. */
  via?: keyof typeof via | 'main' | 'unseen' | Route[];
  tags?: Record<string, string>;
  free?: number;
  /** The associated IPv6 block. */
  ipv6?: boolean;
}

export const elb = { 'kubernetes.io/role/elb': '1' };
export const internalElb = { 'kubernetes.io/role/internal-elb': '1' };

export const zones: AvailabilityZone[] = [
  ...['a', 'b', 'c'].map((letter, at) => zone(`eu-west-1${letter}`, `euw1-az${at + 1}`, 'availability-zone')),
  zone('eu-west-1lax', 'euw1-lax1-az1', 'local-zone'),
  zone('eu-west-1wl', 'euw1-wl1-az1', 'wavelength-zone'),
];

function zone(ZoneName: string, ZoneId: string, ZoneType: string): AvailabilityZone {
  return { ZoneName, ZoneId, ZoneType, State: 'available' };
}

export function aSubnet(
  id: string,
  { zone: letter = 'a', tags = {}, free = 250, ipv6, via: _, ...rest }: SubnetLine = {},
): Subnet {
  const name = `eu-west-1${letter}`;
  const zoneId = zones.find(({ ZoneName }) => ZoneName === name)?.ZoneId;
  return {
    SubnetId: id,
    VpcId: vpcId,
    OwnerId: account,
    SubnetArn: subnetArn(id),
    AvailabilityZone: name,
    ...(zoneId && { AvailabilityZoneId: zoneId }),
    CidrBlock: '10.0.0.0/24',
    AvailableIpAddressCount: free,
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    ...(ipv6 && { Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlockState: { State: 'associated' } }] }),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    ...rest,
  };
}

export function subnetArn(id: string): string {
  return `arn:aws:ec2:eu-west-1:${account}:subnet/${id}`;
}

const local = { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' };

export function aTable(
  id: string,
  routes: readonly Route[],
  ...associations: NonNullable<RouteTable['Associations']>
): RouteTable {
  const Associations = associations.map((each) => ({ AssociationState: { State: 'associated' }, ...each }));
  return { RouteTableId: id, VpcId: vpcId, OwnerId: account, Associations, Routes: [local, ...routes] };
}

export interface SnapshotLines extends Omit<Partial<NetworkSnapshot>, 'kubernetes'> {
  /** By id. Each has a table of its own, `rtb-<id>`, unless it says otherwise. */
  subnets?: Record<string, SubnetLine>;
  /** Of the AWS Load Balancer Controller; null: none runs; undefined: nothing could be read in the cluster. */
  controller?: string | null;
  flags?: string[];
  objects?: ClusterObjects;
  /** Kubernetes' own. */
  kubernetesVersion?: string;
}

/** The cluster demo in vpc-1, everything of EC2 read. */
export function aSnapshot({
  subnets = {},
  controller,
  flags,
  objects,
  kubernetesVersion = '1.34',
  ...rest
}: SnapshotLines = {}): NetworkSnapshot {
  const lines = Object.entries(subnets);
  const own = lines.flatMap(([SubnetId, { via: way = 'nat' }]) => {
    if (way === 'main' || way === 'unseen') return [];
    return [aTable(`rtb-${SubnetId}`, typeof way === 'string' ? via[way] : way, { SubnetId })];
  });
  const main = lines.some(([, { via: way }]) => way === 'main') ? [aTable('rtb-main', via.nat, { Main: true })] : [];
  const deployed =
    controller === undefined ? {} : { deployments: { items: controller === null ? [] : [lbc(controller, flags)] } };
  const read = { ...deployed, ...objects };
  return {
    version: 1,
    account,
    region: 'eu-west-1',
    partition: 'aws',
    takenAt: '2026-11-21T08:00:00Z',
    clusters: ['demo'],
    Clusters: [{ name: 'demo', version: kubernetesVersion, resourcesVpcConfig: { vpcId } }],
    Vpcs: [{ VpcId: vpcId }],
    Subnets: lines.map(([id, line]) => aSubnet(id, line)),
    RouteTables: [...own, ...main],
    NatGateways: [{ NatGatewayId: 'nat-1', VpcId: vpcId, SubnetId: lines[0]?.[0] ?? 'subnet-nat', State: 'available' }],
    InternetGateways: [{ InternetGatewayId: 'igw-1', Attachments: [{ VpcId: vpcId, State: 'available' }] }],
    AvailabilityZones: zones,
    ...(Object.keys(read).length > 0 && { kubernetes: { demo: read } }),
    ...rest,
  };
}

/** Its Deployment, with an image of this tag. */
export function lbc(tag: string, flags: readonly string[] = []): PodController {
  const image = `public.ecr.aws/eks/aws-load-balancer-controller:${tag}`;
  const args = ['--cluster-name=demo', ...flags];
  return {
    metadata: { name: 'aws-load-balancer-controller', namespace: 'kube-system' },
    spec: { template: { spec: { containers: [{ name: 'controller', image, args }] } } },
  };
}

export function aService(name: string, annotations: Record<string, string> = {}, loadBalancerClass?: string) {
  return {
    metadata: { name, namespace: 'shop', annotations },
    spec: { type: 'LoadBalancer', ...(loadBalancerClass !== undefined && { loadBalancerClass }) },
  };
}

export function anIngress(name: string, annotations: Record<string, string> = {}) {
  return { metadata: { name, namespace: 'shop', annotations }, spec: { ingressClassName: 'alb' } };
}

export function contextOf(snapshot: NetworkSnapshot): ClusterContext {
  const [context] = clusterContexts(snapshot);
  if (!context) throw new Error('the snapshot has no cluster');
  return context;
}

/** What a check says of the first cluster. */
export function judge(check: NetworkCheck, lines: SnapshotLines): Judged[] {
  return check.judge(contextOf(aSnapshot(lines)));
}

/** The verdicts, with the severity where it is not the check's own. */
export function verdicts(check: NetworkCheck, lines: SnapshotLines): string[] {
  return judge(check, lines).map(({ status, severity }) => (severity ? `${status} ${severity}` : status));
}
