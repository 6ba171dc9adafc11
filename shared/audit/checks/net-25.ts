// With prefix delegation, the subnets of pods have whole blocks of 16 addresses free for the nodes that may still come.

import { commandLine } from '../../lifecycle/shell-quote.ts';
import type { Judged, NetworkCheck } from '../network/check.ts';
import { type Cni, isOn } from '../network/cni-look.ts';
import type { ClusterContext } from '../network/context.ts';
import type { Subnet } from '../network/ec2-shapes.ts';
import { judgeWithCni } from '../network/judge-with-cni.ts';
import { moreAddresses } from '../network/more-addresses.ts';
import { isShared, subnetArn, subnetName } from '../network/names.ts';
import { type NodeDemand, nodeDemands } from '../network/node-demands.ts';
import { nodePlaces, subnetsInUse, unreadPlaces } from '../network/node-places.ts';
import { podSubnets } from '../network/pod-subnets.ts';
import { largestFreeBlock } from '../network/simulate/free-block.ts';
import { type AddressUse, freePrefixes } from '../network/simulate/prefix-blocks.ts';
import { unread } from '../network/unread.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/best-practices/prefix-mode-linux.html';

export const net25: NetworkCheck = {
  id: 'NET-25',
  severity: 'high',
  title: 'Subnets have prefixes for more nodes',
  docs,
  judge: (context) => {
    const { arn: resource, subnets, cluster } = context;
    if (!subnets) return [unread(context, resource, 'ec2:DescribeSubnets')];
    return judgeWithCni(context, (cni) => {
      const none = (text: string): Judged[] => [{ status: 'NOT_APPLICABLE', resource, text, evidence: {} }];
      if (!isOn(cni, 'ENABLE_PREFIX_DELEGATION')) return none('prefix delegation is off');
      if (cluster.kubernetesNetworkConfig?.ipFamily === 'ipv6')
        return none('pods have IPv6 prefixes, of which there are enough');
      return [...judgePods(context, cni), ...unreadPlaces(context, 'nodegroup', 'group')];
    });
  },
};

function judgePods(context: ClusterContext, cni: Cni): Judged[] {
  const { demands, unknown } = nodeDemands(context, cni);
  const places = nodePlaces(context).filter(({ kind }) => kind !== 'fargate');
  const pools = subnetsInUse(context, places).map(({ subnet }) => ({ subnet, pods: podSubnets(context, cni, subnet) }));
  if (pools.some(({ pods }) => !pods)) {
    const text = "where pods' addresses are is not known: neither the CNI's version nor its ENIConfigs tell";
    const missing = ['list daemonsets.apps', 'list eniconfigs.crd.k8s.amazonaws.com'];
    return [{ status: 'UNKNOWN', resource: context.arn, text, evidence: {}, missing }];
  }
  const all = [...new Set(pools.flatMap(({ pods = [] }) => pods))];
  const judged = all.map((pod) => {
    const nodeSubnets = pools.filter(({ pods = [] }) => pods.includes(pod)).map(({ subnet }) => subnet);
    return judgeSubnet(
      context,
      pod,
      demands.filter(({ subnet }) => nodeSubnets.includes(subnet)),
    );
  });
  return [...judged, ...unknown];
}

function judgeSubnet(context: ClusterContext, subnet: Subnet, demands: readonly NodeDemand[]): Judged {
  const resource = subnetArn(context, subnet);
  const use = addressUse(context, subnet);
  if (isShared(context, subnet)) {
    const text = `${subnetName(subnet)} is shared by account ${subnet.OwnerId}: the addresses that others use in it are out of sight`;
    return { status: 'UNKNOWN', resource, text, evidence: { owner: subnet.OwnerId } };
  }
  if (typeof use === 'string') return unread(context, resource, use);
  const free = freePrefixes(use);
  const needed = demands.reduce((sum, { growth, perNode }) => sum + growth * perNode.prefixes, 0);
  const evidence = {
    ...{ estimate: true, freePrefixes: free, neededForGrowth: needed, freeAddresses: subnet.AvailableIpAddressCount },
    ...{ cidr: use.cidr, addressesInUse: use.addresses.length, blocksInUse: use.blocks },
  };
  const about = { resource, evidence };
  const text = `${subnetName(subnet)} has an estimated ${free} free ${free === 1 ? 'prefix' : 'prefixes'} of 16 addresses`;
  if (free === 0) return { ...about, status: 'FAIL', text, remediation: { ...moreAddresses(context), docs } };
  if (free >= needed) return { ...about, status: 'PASS', text };
  const block = largestFreeBlock(use);
  const command = block === undefined ? undefined : reserve(context, subnet, block);
  const remediation = { ...(command !== undefined && { command }), docs };
  return { ...about, status: 'WARN', text: `${text}, and growing to the maximum takes ${needed}`, remediation };
}

/** The read that is missing, if one is. Reservations for prefixes are kept for just this use. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-cidr-reservation.html */
function addressUse(
  { snapshot, networkInterfaces }: ClusterContext,
  { SubnetId, CidrBlock }: Subnet,
): AddressUse | string {
  const reservations = snapshot.SubnetIpv4CidrReservations;
  if (!networkInterfaces) return 'ec2:DescribeNetworkInterfaces';
  if (!reservations) return 'ec2:GetSubnetCidrReservations';
  if (CidrBlock === undefined) return 'ec2:DescribeSubnets';
  const own = networkInterfaces.filter((each) => each.SubnetId === SubnetId);
  const explicit = reservations.filter((each) => each.SubnetId === SubnetId && each.ReservationType === 'explicit');
  const addresses = own.flatMap(({ PrivateIpAddresses = [] }) =>
    PrivateIpAddresses.map((each) => each.PrivateIpAddress),
  );
  const prefixes = own.flatMap(({ Ipv4Prefixes = [] }) => Ipv4Prefixes.map(({ Ipv4Prefix }) => Ipv4Prefix));
  const isGiven = (text: string | undefined) => text !== undefined;
  return {
    cidr: CidrBlock,
    addresses: addresses.filter(isGiven),
    blocks: [...prefixes, ...explicit.map(({ Cidr }) => Cidr)].filter(isGiven),
  };
}

function reserve({ snapshot }: ClusterContext, { SubnetId }: Subnet, block: string): string {
  return commandLine(
    ...['aws', 'ec2', 'create-subnet-cidr-reservation', '--subnet-id', SubnetId],
    ...['--reservation-type', 'prefix', '--cidr', block, '--region', snapshot.region],
  );
}
