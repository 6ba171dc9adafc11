// A subnet tagged kubernetes.io/role/internal-elb has no route through an internet gateway.
import type { NetworkCheck } from '../network/check.ts';
import type { ClusterContext } from '../network/context.ts';
import { eachSubnet, routed } from '../network/each-subnet.ts';
import { subnetArn, subnetName, tagLines } from '../network/names.ts';
import { isLbcPublic, routeLines } from '../network/simulate/routes.ts';
import { hasRole, roleKeys } from '../network/simulate/subnet-tags.ts';
import { deleteTags } from '../network/tag-commands.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html';
const key = roleKeys.internal;

export const net03: NetworkCheck = {
  id: 'NET-03',
  severity: 'medium',
  title: 'The subnets of internal load balancers are private',
  docs,
  judge: (context) => {
    const swapped = privateButFacing(context);
    return eachSubnet(context, (subnet) => {
      if (!hasRole(subnet, 'internal')) return [];
      return routed(context, subnet, ({ table }) => {
        const about = {
          resource: subnetArn(context, subnet),
          evidence: {
            routeTable: table.RouteTableId,
            tags: tagLines(subnet.Tags),
            routes: routeLines(table),
            privateButForTheInternet: swapped,
          },
        };
        const name = `${subnetName(subnet)} is tagged ${key}`;
        if (!isLbcPublic(table))
          return [{ ...about, status: 'PASS', text: `${name} and has no route through an internet gateway` }];
        const remediation = { command: deleteTags(context, [subnet.SubnetId], key), docs };
        const open = `${name}, but a route leads through an internet gateway: internal load balancers stand in a public subnet`;
        if (swapped.length === 0) return [{ ...about, status: 'WARN', text: open, remediation }];
        const hint = `${open}; ${swapped.join(', ')} is private and tagged ${roleKeys['internet-facing']}: the two tags look swapped`;
        return [{ ...about, status: 'WARN', severity: 'high', text: hint, remediation }];
      });
    });
  },
};

function privateButFacing({ subnets = [], routing }: ClusterContext): string[] {
  const facing = subnets.filter((subnet) => hasRole(subnet, 'internet-facing')).map(({ SubnetId }) => SubnetId);
  return facing.filter((id) => {
    const effective = routing.get(id);
    return effective !== undefined && !isLbcPublic(effective.table);
  });
}
