// No zone has more than one subnet that a load balancer might be given.
import { discoveringName } from '../network/balancer-discovery.ts';
import { plainDiscovery, schemes, undiscovered } from '../network/candidates.ts';
import type { Judged, NetworkCheck } from '../network/check.ts';
import { clustersOfVpc, isEveryClusterRead } from '../network/clusters-of-vpc.ts';
import type { ClusterContext } from '../network/context.ts';
import type { Subnet } from '../network/ec2-shapes.ts';
import { subnetArn, subnetName } from '../network/names.ts';
import type { BalancerScheme } from '../network/simulate/load-balancer-wishes.ts';
import type { Discovery } from '../network/simulate/subnet-discovery.ts';
import { clusterKey, hasOwnTag } from '../network/simulate/subnet-tags.ts';
import { createTags } from '../network/tag-commands.ts';
import { unread } from '../network/unread.ts';

const docs = 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/';

export const net12: NetworkCheck = {
  id: 'NET-12',
  severity: 'low',
  title: 'A zone has one subnet for load balancers',
  docs,
  judge: (context) => {
    if (!context.subnets) return [unread(context, context.arn, 'ec2:DescribeSubnets')];
    return schemes.flatMap((scheme) => {
      const found = plainDiscovery(context, scheme);
      return found ? judgeZones(context, scheme, found) : undiscovered(context, scheme);
    });
  },
};

function judgeZones(context: ClusterContext, scheme: BalancerScheme, { chosen, contested }: Discovery): Judged[] {
  const name = discoveringName(context);
  return chosen.map((subnet) => {
    const zone = subnet.AvailabilityZone;
    const others = contested.find((each) => each.chosen === subnet)?.others ?? [];
    const about = {
      resource: subnetArn(context, subnet),
      matter: scheme,
      evidence: { zone, chosen: subnet.SubnetId, others: others.map(({ SubnetId }) => SubnetId) },
    };
    const named = subnetName(subnet);
    if (others.length === 0)
      return { ...about, status: 'PASS', text: `${named} is the only one for ${scheme} load balancers in ${zone}` };
    const why = hasOwnTag(subnet, name) ? `it is tagged ${clusterKey(name)}` : 'it has the lowest id';
    const text = `${scheme} load balancers get ${named} in ${zone} and not ${others.map(subnetName).join(', ')}, since ${why}`;
    const command = hasOwnTag(subnet, name) ? undefined : keep(context, subnet);
    return { ...about, status: 'WARN', text, remediation: { ...(command !== undefined && { command }), docs } };
  });
}

/** A subnet's first cluster tag shuts out the clusters that it does not name: all of the VPC's are named, or none where one may be unseen. */
function keep(context: ClusterContext, { SubnetId }: Subnet): string | undefined {
  if (!isEveryClusterRead(context)) return undefined;
  const others = clustersOfVpc(context).filter(({ name }) => name !== context.cluster.name);
  const keys = [discoveringName(context), ...others.map(({ name }) => name)].sort().map(clusterKey);
  return createTags(context, [SubnetId], keys, 'shared');
}
