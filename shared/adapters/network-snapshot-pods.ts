import type { Cluster } from '../audit/network/eks-shapes.ts';
import type { NetworkSnapshot } from '../audit/network/snapshot.ts';

const prefixDelegation = 'ENABLE_PREFIX_DELEGATION';

/** Subnets in which clusters hand out prefixes to pods: those of nodes, those of their ENIConfigs, and those that are tagged for the CNI. */
export function podSubnets(snapshot: NetworkSnapshot): string[] {
  const found = snapshot.Clusters.filter((cluster) => handsOutPrefixes(cluster, snapshot)).flatMap(
    ({ name, resourcesVpcConfig }) => [
      ...(snapshot.Nodegroups ?? [])
        .filter(({ clusterName }) => clusterName === name)
        .flatMap((each) => each.subnets ?? []),
      ...(snapshot.AutoScalingGroups ?? [])
        .filter(({ Tags = [] }) =>
          Tags.some(
            ({ Key, Value }) =>
              Key === `kubernetes.io/cluster/${name}` || (Key === 'eks:cluster-name' && Value === name),
          ),
        )
        .flatMap(({ VPCZoneIdentifier = '' }) => VPCZoneIdentifier.split(',')),
      ...(snapshot.kubernetes?.[name]?.eniconfigs?.items ?? []).flatMap(({ spec }) => spec?.subnet ?? []),
      ...(snapshot.Subnets ?? [])
        .filter(({ VpcId, Tags = [] }) => {
          const isForPods = Tags.some(({ Key }) => Key === 'kubernetes.io/role/cni');
          return VpcId === resourcesVpcConfig?.vpcId && isForPods;
        })
        .map(({ SubnetId }) => SubnetId),
    ],
  );
  // One that is gone is an error of the whole call.
  const there = new Set(snapshot.Subnets?.map(({ SubnetId }) => SubnetId));
  return [...new Set(found)].filter((id) => there.has(id)).sort();
}

/** By aws-node's own environment, or by what the add-on was configured with. */
function handsOutPrefixes({ name }: Cluster, { kubernetes, Addons = [] }: NetworkSnapshot): boolean {
  const containers = (kubernetes?.[name]?.daemonsets?.items ?? []).flatMap(
    ({ spec }) => spec?.template?.spec?.containers ?? [],
  );
  const set = containers.flatMap(({ env = [] }) => env.filter((each) => each.name === prefixDelegation));
  if (set.length > 0) return set.some(({ value }) => value === 'true');
  const values = Addons.find(({ addonName, clusterName }) => addonName === 'vpc-cni' && clusterName === name);
  return new RegExp(`${prefixDelegation}["']?\\s*:\\s*["']?true`).test(values?.configurationValues ?? '');
}
