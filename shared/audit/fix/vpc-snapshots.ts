import type { NetworkSnapshot } from '../network/snapshot.ts';

/** The snapshot of each VPC that has clusters, with all of them. */
export function vpcSnapshots(snapshot: NetworkSnapshot): NetworkSnapshot[] {
  const vpcOf = ({ resourcesVpcConfig }: NetworkSnapshot['Clusters'][number]) => resourcesVpcConfig?.vpcId;
  const vpcIds = [...new Set(snapshot.Clusters.flatMap((cluster) => vpcOf(cluster) ?? []))].sort();
  return vpcIds.map((vpcId) => ({
    ...snapshot,
    Clusters: snapshot.Clusters.filter((cluster) => vpcOf(cluster) === vpcId),
    ...inVpc('Subnets', vpcId, snapshot),
    ...inVpc('RouteTables', vpcId, snapshot),
    ...inVpc('NatGateways', vpcId, snapshot),
    ...inVpc('VpcEndpoints', vpcId, snapshot),
    ...inVpc('NetworkInterfaces', vpcId, snapshot),
  }));
}

type Listed = 'Subnets' | 'RouteTables' | 'NatGateways' | 'VpcEndpoints' | 'NetworkInterfaces';

function inVpc<Name extends Listed>(name: Name, vpcId: string, snapshot: NetworkSnapshot): Partial<NetworkSnapshot> {
  const list: readonly { VpcId?: string }[] | undefined = snapshot[name];
  return list ? { [name]: list.filter(({ VpcId }) => VpcId === vpcId) } : {};
}
