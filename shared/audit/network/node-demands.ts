import type { Judged } from './check.ts';
import { type Cni, isOn, target } from './cni-look.ts';
import type { ClusterContext } from './context.ts';
import type { Subnet } from './ec2-shapes.ts';
import { instanceTypesOf } from './launch-templates.ts';
import { type NodePlace, nodePlaces, subnetsInUse } from './node-places.ts';
import { customNetworkingEnv } from './pod-subnets.ts';
import { instanceNetwork } from './simulate/instance-network.ts';
import { type WarmDemand, warmDemand } from './simulate/warm-addresses.ts';
import { unread } from './unread.ts';

/** What a place may yet take of a subnet. */
export interface NodeDemand {
  place: NodePlace;
  subnet: Subnet;
  /** Of one more node, of the instance type that takes most. */
  perNode: WarmDemand;
  /** Nodes that may still come to this subnet until the place is at its maximum. */
  growth: number;
  /** Nodes that an update may add at once; two at least. https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html */
  surge: number;
}

/** Of every subnet that nodes may be launched in; and an UNKNOWN for each place whose nodes' needs are not known. */
export function nodeDemands(context: ClusterContext, cni: Cni): { demands: NodeDemand[]; unknown: Judged[] } {
  const places = nodePlaces(context).filter(({ kind }) => kind === 'nodegroup' || kind === 'group');
  const looked = places.map((place) => ({ place, perNode: perNodeOf(context, cni, place) }));
  const needs = new Map(looked.flatMap(({ place, perNode }) => (perNode ? [[place, perNode] as const] : [])));
  const demands = subnetsInUse(context, [...needs.keys()]).flatMap(({ subnet, places: inIt }) =>
    inIt.flatMap((place) => {
      const perNode = needs.get(place);
      if (!perNode) return [];
      const { growth, surge } = roomOf(place);
      return [{ place, subnet, perNode, growth: Math.ceil(growth / place.subnetIds.length), surge }];
    }),
  );
  const unknown = looked.filter(({ perNode }) => !perNode).map(({ place }) => unknownTypes(context, place));
  return { demands, unknown };
}

function unknownTypes(context: ClusterContext, place: NodePlace): Judged {
  const action =
    instanceTypesOf(context.snapshot, place).length > 0 ? 'DescribeInstanceTypes' : 'DescribeLaunchTemplateVersions';
  const { text: why, ...judged } = unread(context, context.arn, `ec2:${action}`);
  return {
    ...judged,
    matter: place.name,
    text: `how many addresses a node of ${place.name} takes is not known: ${why}`,
  };
}

/** With IPv6 a node takes one IPv4 address, whatever its type is. */
function perNodeOf(context: ClusterContext, cni: Cni, place: NodePlace): WarmDemand | undefined {
  if (context.cluster.kubernetesNetworkConfig?.ipFamily === 'ipv6')
    return { addresses: 1, prefixes: 0, interfaces: 1, nodeAddresses: 0 };
  const modes = addressModes(cni);
  const targets = {
    warmEni: target(cni, 'WARM_ENI_TARGET'),
    warmIp: target(cni, 'WARM_IP_TARGET'),
    minimumIp: target(cni, 'MINIMUM_IP_TARGET'),
    warmPrefix: target(cni, 'WARM_PREFIX_TARGET'),
  };
  const known = instanceTypesOf(context.snapshot, place).map((name) => {
    const type = context.snapshot.InstanceTypes?.find(({ InstanceType }) => InstanceType === name);
    const network = type && instanceNetwork(type);
    return network && warmDemand(network, modes, targets);
  });
  const all = known.filter((each) => each !== undefined);
  const [first, ...rest] = all;
  if (!first || all.length < known.length) return undefined;
  return rest.reduce((most, each) => (each.addresses > most.addresses ? each : most), first);
}

export function addressModes(cni: Cni) {
  return {
    customNetworking: isOn(cni, customNetworkingEnv),
    prefixDelegation: isOn(cni, 'ENABLE_PREFIX_DELEGATION'),
  };
}

function roomOf({ nodegroup, group }: NodePlace): { growth: number; surge: number } {
  const desired = group?.DesiredCapacity ?? nodegroup?.scalingConfig?.desiredSize ?? 0;
  const current = group?.Instances?.length ?? desired;
  const most = group?.MaxSize ?? nodegroup?.scalingConfig?.maxSize ?? current;
  const { maxUnavailable = 1, maxUnavailablePercentage: percent } = nodegroup?.updateConfig ?? {};
  const atOnce = percent === undefined ? maxUnavailable : Math.ceil((current * percent) / 100);
  return { growth: Math.max(0, most - current), surge: Math.max(2, atOnce) };
}
