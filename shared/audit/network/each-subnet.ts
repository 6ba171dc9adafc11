import type { Judged } from './check.ts';
import type { ClusterContext } from './context.ts';
import type { Subnet } from './ec2-shapes.ts';
import { isShared, subnetArn } from './names.ts';
import type { EffectiveTable } from './simulate/effective-route-table.ts';
import { unread } from './unread.ts';

/** What a check says of the subnets of the cluster's VPC; when they were not read, that. */
export function eachSubnet(context: ClusterContext, judge: (subnet: Subnet) => Judged[]): Judged[] {
  const { subnets, arn } = context;
  return subnets ? subnets.flatMap(judge) : [unread(context, arn, 'ec2:DescribeSubnets')];
}

/** The same, of what needs the subnet's routes; it is UNKNOWN where they are not to be seen. */
export function routed(
  context: ClusterContext,
  subnet: Subnet,
  judge: (effective: EffectiveTable) => Judged[],
): Judged[] {
  const effective = context.routing.get(subnet.SubnetId);
  return effective ? judge(effective) : [noTable(context, subnet)];
}

function noTable(context: ClusterContext, subnet: Subnet): Judged {
  const resource = subnetArn(context, subnet);
  if (!context.routeTables) return unread(context, resource, 'ec2:DescribeRouteTables');
  const { OwnerId } = subnet;
  const text = isShared(context, subnet)
    ? `its route table is out of sight: account ${OwnerId} shares the subnet`
    : 'no route table that was read is associated with it, nor is there a main one';
  return { status: 'UNKNOWN', resource, text, evidence: { subnet: subnet.SubnetId, owner: OwnerId } };
}
