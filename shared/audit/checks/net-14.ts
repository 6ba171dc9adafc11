// The control plane's subnets are in two Availability Zones or more that EKS has, and those of nodes and Fargate pods where EKS can run them.
import type { Judged, NetworkCheck } from '../network/check.ts';
import {
  eachClusterSubnet,
  replaceClusterSubnets,
  spreadClusterSubnets,
  zonesWithoutEks,
} from '../network/cluster-subnets.ts';
import type { ClusterContext } from '../network/context.ts';
import type { Subnet } from '../network/ec2-shapes.ts';
import { subnetArn, subnetName } from '../network/names.ts';
import { type NodePlace, nodePlaces, subnetsInUse, unreadPlaces } from '../network/node-places.ts';
import { type Locale, localeOf } from '../network/simulate/locales.ts';
import { unread } from '../network/unread.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html';
const names: Record<Locale, string> = {
  'availability-zone': 'in an Availability Zone',
  'local-zone': 'in a Local Zone',
  'wavelength-zone': 'in a Wavelength Zone',
  outpost: 'on an Outpost',
};
/** https://docs.aws.amazon.com/eks/latest/userguide/local-zones.html and …/managed-node-groups.html */
const barred: Record<'control plane' | 'nodegroup' | 'fargate', readonly Locale[]> = {
  'control plane': ['local-zone', 'wavelength-zone', 'outpost'],
  nodegroup: ['wavelength-zone', 'outpost'],
  fargate: ['local-zone', 'wavelength-zone', 'outpost'],
};

export const net14: NetworkCheck = {
  id: 'NET-14',
  severity: 'high',
  title: 'Cluster subnets are where EKS can use them',
  docs,
  judge: (context) => [
    ...(context.cluster.outpostConfig ? [localCluster(context)] : ofControlPlane(context)),
    ...ofPlaces(context),
  ],
};

function localCluster({ arn, cluster }: ClusterContext): Judged {
  const text = 'the control plane is on an Outpost: its subnets have rules of their own';
  return { status: 'NOT_APPLICABLE', resource: arn, text, evidence: { outposts: cluster.outpostConfig?.outpostArns } };
}

function ofControlPlane(context: ClusterContext): Judged[] {
  const seen: Subnet[] = [];
  const judged = eachClusterSubnet(context, (subnet) => {
    seen.push(subnet);
    if (!zonesWithoutEks.includes(subnet.AvailabilityZoneId ?? ''))
      return [placed(context, subnet, 'control plane', 'control plane')];
    const text = `${subnetName(subnet)} of the control plane is in ${subnet.AvailabilityZoneId}, where EKS cannot place one`;
    return [wrong(context, subnet, 'control plane', text)];
  });
  return seen.length > 0 ? [...judged, spread(context, seen)] : judged;
}

/** By the zones' ids: one zone has another name in each account. */
function spread(context: ClusterContext, subnets: readonly Subnet[]): Judged {
  const ids = subnets.map(({ AvailabilityZoneId }) => AvailabilityZoneId);
  const zones = [...new Set(ids.filter((id) => id !== undefined))].sort();
  const about = { resource: context.arn, matter: 'zones', evidence: { zones } };
  const text = `the control plane's subnets are in ${zones.join(', ') || 'no zone that is known'}`;
  if (zones.length >= 2) return { ...about, status: 'PASS', text };
  if (ids.includes(undefined)) return { ...unread(context, context.arn, 'ec2:DescribeSubnets'), matter: 'zones' };
  const command = spreadClusterSubnets(context);
  const remediation = { ...(command !== undefined && { command }), docs };
  return { ...about, status: 'FAIL', text: `${text} alone: EKS asks for two zones`, remediation };
}

function ofPlaces(context: ClusterContext): Judged[] {
  const places = nodePlaces(context).filter(({ kind }) => kind === 'nodegroup' || kind === 'fargate');
  const judged = subnetsInUse(context, places).flatMap(({ subnet, places: inIt }) =>
    inIt.map(({ kind, name }: NodePlace) => placed(context, subnet, kind === 'fargate' ? kind : 'nodegroup', name)),
  );
  return [...judged, ...unreadPlaces(context, 'nodegroup', 'fargate')];
}

function placed(context: ClusterContext, subnet: Subnet, kind: keyof typeof barred, matter: string): Judged {
  const locale = localeOf(subnet, context.zones);
  const resource = subnetArn(context, subnet);
  if (locale === undefined) return { ...unread(context, resource, 'ec2:DescribeAvailabilityZones'), matter };
  const text = `${subnetName(subnet)} of the ${matter} is ${names[locale]}`;
  const evidence = evidenceOf(subnet, locale);
  if (!barred[kind].includes(locale)) return { status: 'PASS', resource, matter, text, evidence };
  return wrong(context, subnet, matter, `${text}, where EKS cannot place it`, locale);
}

function wrong(context: ClusterContext, subnet: Subnet, matter: string, text: string, locale?: Locale): Judged {
  const command = matter === 'control plane' ? spreadWithout(context, subnet) : undefined;
  const remediation = { ...(command !== undefined && { command }), docs };
  const about = { resource: subnetArn(context, subnet), matter, evidence: evidenceOf(subnet, locale) };
  return { ...about, status: 'FAIL', text, remediation };
}

function spreadWithout(context: ClusterContext, subnet: Subnet): string | undefined {
  return replaceClusterSubnets(context, [subnet]) ?? spreadClusterSubnets(context);
}

function evidenceOf({ AvailabilityZoneId, AvailabilityZone, OutpostArn }: Subnet, locale: Locale | undefined) {
  return { zone: AvailabilityZoneId, zoneName: AvailabilityZone, outpost: OutpostArn, locale };
}
