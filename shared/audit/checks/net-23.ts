// VPC Block Public Access leaves internet-facing load balancers and the ways out alone.

import { commandLine } from '../../lifecycle/shell-quote.ts';
import { plainDiscovery } from '../network/candidates.ts';
import type { Judged, NetworkCheck } from '../network/check.ts';
import type { ClusterContext } from '../network/context.ts';
import { eachSubnet, routed } from '../network/each-subnet.ts';
import type { RouteTable, Subnet } from '../network/ec2-shapes.ts';
import { isShared, subnetArn, subnetName } from '../network/names.ts';
import { defaultRoute, type RouteTarget } from '../network/simulate/routes.ts';
import { hasRole } from '../network/simulate/subnet-tags.ts';
import { unread } from '../network/unread.ts';

const docs = 'https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html';

export const net23: NetworkCheck = {
  id: 'NET-23',
  severity: 'high',
  title: 'VPC Block Public Access blocks nothing that is needed',
  docs,
  judge: (context) => {
    const facing = new Set(plainDiscovery(context, 'internet-facing')?.candidates ?? []);
    return eachSubnet(context, (subnet) => [
      ...(facing.has(subnet) || hasRole(subnet, 'internet-facing') ? [wayIn(context, subnet)] : []),
      ...routed(context, subnet, ({ table }) => wayOut(context, subnet, table)),
    ]);
  },
};

/** The subnet's own mode, in which exclusions are counted in already. */
function modeOf({ snapshot }: ClusterContext, subnet: Subnet | undefined): string | undefined {
  const own = subnet?.BlockPublicAccessStates?.InternetGatewayBlockMode;
  const all = snapshot.VpcBlockPublicAccessOptions?.InternetGatewayBlockMode;
  return own ?? (all === 'off' ? all : undefined);
}

/** Something that goes through an internet gateway. */
interface Way {
  matter: string;
  what: string;
  /** Where it meets the gateway. */
  place: Subnet;
  blockedBy: readonly string[];
  exclusion: string;
}

function wayIn(context: ClusterContext, subnet: Subnet): Judged {
  return judgeWay(context, subnet, {
    matter: 'internet-facing',
    what: 'internet-facing load balancers',
    place: subnet,
    blockedBy: ['block-bidirectional', 'block-ingress'],
    exclusion: 'allow-bidirectional',
  });
}

function wayOut(context: ClusterContext, subnet: Subnet, table: RouteTable): Judged[] {
  const targets = [defaultRoute(table, 'v4'), defaultRoute(table, 'v6')].flatMap((route) => route?.targets ?? []);
  const out = targets.filter(({ kind, blackhole }) => ['igw', 'nat', 'eigw'].includes(kind) && !blackhole);
  return out.flatMap((target) => wayThrough(context, subnet, target));
}

/** Through a NAT gateway it is the gateway's subnet that counts; a regional one has none. */
function wayThrough(context: ClusterContext, subnet: Subnet, { kind, id }: RouteTarget): Judged[] {
  const { natGateways, snapshot } = context;
  const resource = subnetArn(context, subnet);
  const matter = `egress ${id}`;
  if (kind === 'nat' && !natGateways) return [{ ...unread(context, resource, 'ec2:DescribeNatGateways'), matter }];
  const gateway = natGateways?.find(({ NatGatewayId }) => NatGatewayId === id);
  if (gateway?.ConnectivityType === 'private') return [];
  const what = `the way out through ${id}`;
  if (kind === 'nat' && !gateway) {
    const text = `whether VPC Block Public Access blocks ${what} is not known: it is not among the NAT gateways that were read`;
    return [{ status: 'UNKNOWN', resource, matter, text, evidence: { gateway: id } }];
  }
  const place = snapshot.Subnets?.find(({ SubnetId }) => SubnetId === gateway?.SubnetId) ?? subnet;
  const blockedBy = ['block-bidirectional'];
  return [judgeWay(context, subnet, { matter, what, place, blockedBy, exclusion: 'allow-egress' })];
}

function judgeWay(context: ClusterContext, subnet: Subnet, way: Way): Judged {
  const { matter, place, blockedBy, exclusion } = way;
  const mode = modeOf(context, place);
  const resource = subnetArn(context, subnet);
  const about = { resource, matter, evidence: { blockPublicAccess: mode, ofSubnet: place.SubnetId } };
  const what = `${way.what} of ${subnetName(subnet)}`;
  if (mode === undefined) {
    const text = `whether VPC Block Public Access blocks ${what} was not read`;
    return { ...about, status: 'UNKNOWN', text, missing: ['ec2:DescribeVpcBlockPublicAccessOptions'] };
  }
  if (!blockedBy.includes(mode))
    return { ...about, status: 'PASS', text: `VPC Block Public Access does not block ${what}` };
  const command = commandLine(
    ...['aws', 'ec2', 'create-vpc-block-public-access-exclusion', '--subnet-id', place.SubnetId],
    ...['--internet-gateway-exclusion-mode', exclusion, '--region', context.snapshot.region],
  );
  const text = `VPC Block Public Access (${mode}) blocks ${what}`;
  const remediation = { ...(!isShared(context, place) && { command }), docs };
  return { ...about, status: 'FAIL', text, remediation };
}
