import { type AddressModes, addressesPerSlot, type InstanceNetwork, podInterfaces } from './instance-network.ts';

/** The CNI's own settings; undefined where one is not set. https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/eni-and-ip-target.md */
export interface WarmTargets {
  warmEni?: number | undefined;
  warmIp?: number | undefined;
  minimumIp?: number | undefined;
  warmPrefix?: number | undefined;
}

/** What a node takes before its first pod. */
export interface WarmDemand {
  /** Of the pods' subnets, the interfaces' own addresses and whole prefixes counted in. */
  addresses: number;
  prefixes: number;
  /** For pods. */
  interfaces: number;
  /** Of the node's own subnet beside those: custom networking has an interface of the node alone there. */
  nodeAddresses: number;
}

/** Targets for addresses go before those for interfaces and prefixes. Never more than the instance type can hold. */
export function warmDemand(network: InstanceNetwork, modes: AddressModes, targets: WarmTargets): WarmDemand {
  const most = podInterfaces(network, modes);
  const first = modes.customNetworking ? 0 : 1;
  const slots = network.addressesPerInterface - 1;
  const nodeAddresses = modes.customNetworking ? 1 : 0;
  const perSlot = addressesPerSlot(network, modes);
  const byAddress = targets.warmIp !== undefined || targets.minimumIp !== undefined;
  if (perSlot === 1 && !byAddress) {
    const interfaces = Math.min(most, Math.max(1, first + (targets.warmEni ?? 1)));
    return { addresses: interfaces * network.addressesPerInterface, prefixes: 0, interfaces, nodeAddresses };
  }
  const wanted = Math.max(targets.warmIp ?? 0, targets.minimumIp ?? 0);
  const units = byAddress ? Math.ceil(wanted / perSlot) : (targets.warmPrefix ?? 1);
  const taken = Math.min(units, most * slots);
  const interfaces = Math.min(most, Math.max(first, slots > 0 ? Math.ceil(taken / slots) : 0));
  return { addresses: taken * perSlot + interfaces, prefixes: perSlot === 1 ? 0 : taken, interfaces, nodeAddresses };
}
