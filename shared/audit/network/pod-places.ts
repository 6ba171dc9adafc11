import { findCni, isOn } from './cni-look.ts';
import type { ClusterContext } from './context.ts';
import { type NodePlace, subnetsInUse } from './node-places.ts';
import { podSubnets } from './pod-subnets.ts';

/** Subnets that pods' packets leave by themselves: only without the CNI's translation to the node's address. https://docs.aws.amazon.com/eks/latest/userguide/external-snat.html */
export function podPlaces(context: ClusterContext, places: readonly NodePlace[]): NodePlace[] {
  const cni = findCni(context);
  if (typeof cni === 'string' || !isOn(cni, 'AWS_VPC_K8S_CNI_EXTERNALSNAT')) return [];
  const nodes = places.filter(({ kind }) => kind !== 'fargate');
  const used = subnetsInUse(context, nodes).flatMap(({ subnet }) => podSubnets(context, cni, subnet) ?? []);
  const subnetIds = [...new Set(used.map(({ SubnetId }) => SubnetId))].sort();
  return subnetIds.length > 0 ? [{ kind: 'pods', name: 'pods', subnetIds }] : [];
}
