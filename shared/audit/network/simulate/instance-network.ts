import type { InstanceTypeInfo } from '../compute-shapes.ts';

/** What an instance type's network can hold, and how it is used. */
export interface InstanceNetwork {
  /** Interfaces on the default network card: the CNI uses no other. */
  interfaces: number;
  /** IPv4 addresses of one, its own among them. */
  addressesPerInterface: number;
  isNitro: boolean;
  vcpus: number | undefined;
}

export interface AddressModes {
  customNetworking: boolean;
  prefixDelegation: boolean;
}

/** Undefined when EC2's answer lacks what it takes. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInfo.html */
export function instanceNetwork(type: InstanceTypeInfo): InstanceNetwork | undefined {
  const { NetworkInfo: info = {}, Hypervisor, BareMetal, VCpuInfo } = type;
  const card = info.NetworkCards?.find(
    ({ NetworkCardIndex }) => NetworkCardIndex === (info.DefaultNetworkCardIndex ?? 0),
  );
  const interfaces = card?.MaximumNetworkInterfaces ?? info.MaximumNetworkInterfaces;
  const addressesPerInterface = info.Ipv4AddressesPerInterface;
  if (interfaces === undefined || addressesPerInterface === undefined) return undefined;
  const isNitro = Hypervisor === 'nitro' || BareMetal === true;
  return { interfaces, addressesPerInterface, isNitro, vcpus: VCpuInfo?.DefaultVCpus };
}

/** Interfaces for pods: custom networking leaves the first one to the node alone. */
export function podInterfaces({ interfaces }: InstanceNetwork, { customNetworking }: AddressModes): number {
  return Math.max(0, interfaces - (customNetworking ? 1 : 0));
}

/** Only Nitro instances are given prefixes. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-prefix-eni.html */
export function addressesPerSlot({ isNitro }: InstanceNetwork, { prefixDelegation }: AddressModes): number {
  return prefixDelegation && isNitro ? 16 : 1;
}
