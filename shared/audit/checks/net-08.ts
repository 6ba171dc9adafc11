// No subnet for load balancers is tagged for other clusters only.
import { discoveringName } from '../network/balancer-discovery.ts';
import type { NetworkCheck } from '../network/check.ts';
import type { ClusterContext } from '../network/context.ts';
import { eachSubnet } from '../network/each-subnet.ts';
import { subnetArn, subnetName } from '../network/names.ts';
import { clusterKey, clusterKeysOf, hasRole, isForOthersOnly } from '../network/simulate/subnet-tags.ts';
import { atLeast } from '../network/simulate/versions.ts';
import { createTag } from '../network/tag-commands.ts';

const docs = 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/';

export const net08: NetworkCheck = {
  id: 'NET-08',
  severity: 'high',
  title: "Other clusters' tags do not exclude subnets",
  docs,
  judge: (context) => {
    const name = discoveringName(context);
    return eachSubnet(context, (subnet) => {
      if (!hasRole(subnet, 'internet-facing') && !hasRole(subnet, 'internal')) return [];
      const keys = clusterKeysOf(subnet);
      const about = { resource: subnetArn(context, subnet), evidence: { cluster: name, clusterTags: keys } };
      const named = subnetName(subnet);
      if (!isForOthersOnly(subnet, name))
        return [{ ...about, status: 'PASS', text: `${named} is open to load balancers of ${name}` }];
      const others = `${named} is tagged ${keys.join(', ')} and not ${clusterKey(name)}`;
      if (isNotMinded(context))
        return [
          {
            ...about,
            status: 'WARN',
            severity: 'info',
            text: `${others}, which SubnetsClusterTagCheck=false makes up for`,
          },
        ];
      const command = createTag(context, [subnet.SubnetId], clusterKey(name), 'shared');
      const text = `${others}: load balancers of ${name} pass it over`;
      return [{ ...about, status: 'FAIL', text, remediation: { command, docs } }];
    });
  },
};

/** The gate is there since 2.4.2. https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/configurations/#feature-gates */
function isNotMinded({ controller }: ClusterContext): boolean {
  if (typeof controller === 'string' || controller.gates.SubnetsClusterTagCheck !== false) return false;
  return controller.version === undefined || atLeast(controller.version, [2, 4, 2]);
}
