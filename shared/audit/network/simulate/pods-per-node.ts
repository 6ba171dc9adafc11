import { type AddressModes, addressesPerSlot, type InstanceNetwork, podInterfaces } from './instance-network.ts';

/** Pods that use the node's own address: aws-node and kube-proxy. */
const onHostNetwork = 2;

/**
 * How many pods the network interfaces of a node have addresses for, those on the host's network counted in. With prefixes no more than the
 * recommended 110, or 250 above 30 processors. https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html
 */
export function podsPerNode(network: InstanceNetwork, modes: AddressModes): number {
  const perSlot = addressesPerSlot(network, modes);
  const all = podInterfaces(network, modes) * (network.addressesPerInterface - 1) * perSlot + onHostNetwork;
  return perSlot === 1 ? all : Math.min(all, (network.vcpus ?? 0) > 30 ? 250 : 110);
}
