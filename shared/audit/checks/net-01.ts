// Every subnet of the cluster's VPC has a route table of its own.

import { commandLine } from '../../lifecycle/shell-quote.ts';
import type { NetworkCheck } from '../network/check.ts';
import { eachSubnet, routed } from '../network/each-subnet.ts';
import { isShared, subnetArn, subnetName } from '../network/names.ts';
import { routeLines } from '../network/simulate/routes.ts';

const docs = 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html';

export const net01: NetworkCheck = {
  id: 'NET-01',
  severity: 'medium',
  title: 'Effective route table resolvable',
  docs,
  judge: (context) =>
    eachSubnet(context, (subnet) =>
      routed(context, subnet, ({ table, implicit }) => {
        const { RouteTableId } = table;
        const about = {
          resource: subnetArn(context, subnet),
          evidence: { routeTable: RouteTableId, implicit, routes: routeLines(table) },
        };
        if (!implicit)
          return [{ status: 'PASS', ...about, text: `${subnetName(subnet)} is routed by ${RouteTableId}` }];
        const text = `${subnetName(subnet)} has no route table of its own and follows the VPC's main one, ${RouteTableId}: who changes that changes the subnet's way`;
        const command = commandLine(
          ...['aws', 'ec2', 'associate-route-table', '--route-table-id', RouteTableId],
          ...['--subnet-id', subnet.SubnetId, '--region', context.snapshot.region],
        );
        const remediation = { ...(!isShared(context, subnet) && { command }), docs };
        return [{ status: 'WARN', ...about, text, remediation }];
      }),
    ),
};
