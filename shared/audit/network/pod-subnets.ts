import { type Cni, isOn } from './cni-look.ts';
import type { ClusterContext } from './context.ts';
import type { Subnet } from './ec2-shapes.ts';
import { cniSubnets } from './simulate/cni-subnets.ts';

export const customNetworkingEnv = 'AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG';

/** Where the CNI makes interfaces for the pods of a node in this subnet; undefined when that depends on what was not read. */
export function podSubnets(context: ClusterContext, cni: Cni, nodeSubnet: Subnet): Subnet[] | undefined {
  const { subnets = [], kubernetes, cluster } = context;
  if (isOn(cni, customNetworkingEnv)) {
    const named = kubernetes.eniconfigs?.items.map(({ spec }) => spec?.subnet);
    return (
      named &&
      subnets.filter(
        ({ SubnetId, AvailabilityZone }) =>
          AvailabilityZone === nodeSubnet.AvailabilityZone && named.includes(SubnetId),
      )
    );
  }
  const discovery = isOn(cni, 'ENABLE_SUBNET_DISCOVERY');
  if (!cni.version) return discovery ? undefined : [nodeSubnet];
  return cniSubnets(nodeSubnet, { subnets, clusterName: cluster.name, version: cni.version, discovery });
}
