// The subnets of the control plane, of node groups and of Fargate profiles exist and are in the cluster's VPC.

import { commandLine } from '../../lifecycle/shell-quote.ts';
import type { Judged, NetworkCheck } from '../network/check.ts';
import { spreadClusterSubnets } from '../network/cluster-subnets.ts';
import type { ClusterContext } from '../network/context.ts';
import type { ClusterIssue } from '../network/eks-shapes.ts';
import { ec2Arn, subnetArn, subnetName } from '../network/names.ts';
import { type NodePlace, nodePlaces, unreadPlaces } from '../network/node-places.ts';
import { unread } from '../network/unread.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html';

/** Who names a subnet, and what EKS itself says of the subnets. */
interface Use {
  name: string;
  subnetIds: readonly string[];
  issues: readonly ClusterIssue[];
  command?: string | undefined;
}

export const net15: NetworkCheck = {
  id: 'NET-15',
  severity: 'critical',
  title: "The cluster's subnets exist in its VPC",
  docs,
  judge: (context) => {
    const { cluster, arn, subnets, vpcId } = context;
    const ids = cluster.resourcesVpcConfig?.subnetIds;
    if (!ids || vpcId === undefined) return [unread(context, arn, 'eks:DescribeCluster')];
    if (!subnets) return [unread(context, arn, 'ec2:DescribeSubnets')];
    const own = {
      ...{ name: 'control plane', subnetIds: ids, issues: cluster.health?.issues ?? [] },
      command: spreadClusterSubnets(context),
    };
    const places = nodePlaces(context).filter(({ kind }) => kind !== 'nodes');
    return [
      ...[own, ...places.map((place) => asUse(context, place))].flatMap((use) => judgeUse(context, use)),
      ...unreadPlaces(context, 'nodegroup', 'group', 'fargate'),
    ];
  },
};

function asUse(context: ClusterContext, { name, subnetIds, nodegroup, group }: NodePlace): Use {
  const fit = subnetIds.filter((id) => context.subnets?.some(({ SubnetId }) => SubnetId === id));
  const command =
    group && !nodegroup && fit.length > 0
      ? commandLine(
          ...['aws', 'autoscaling', 'update-auto-scaling-group'],
          ...['--auto-scaling-group-name', group.AutoScalingGroupName],
          ...['--vpc-zone-identifier', fit.join(','), '--region', context.snapshot.region],
        )
      : undefined;
  return { name, subnetIds, issues: nodegroup?.health?.issues ?? [], command };
}

function judgeUse(context: ClusterContext, use: Use): Judged[] {
  const lost = use.issues.filter(({ code }) => code === 'Ec2SubnetNotFound');
  const named = new Set(lost.flatMap(({ resourceIds = [] }) => resourceIds));
  return [...new Set([...use.subnetIds, ...named])].map((id) => judgeSubnet(context, use, id, named.has(id), lost));
}

function judgeSubnet(
  context: ClusterContext,
  use: Use,
  id: string,
  isLost: boolean,
  issues: readonly ClusterIssue[],
): Judged {
  const { subnets = [], vpcId, snapshot, vpc } = context;
  const own = subnets.find(({ SubnetId }) => SubnetId === id);
  const other = snapshot.Subnets?.find(({ SubnetId }) => SubnetId === id);
  const resource = other ? subnetArn(context, other) : ec2Arn(context, `subnet/${id}`);
  const remediation = { ...(use.command !== undefined && { command: use.command }), docs };
  const about = { resource, matter: use.name, evidence: { subnet: id, vpc: vpcId, subnetVpc: other?.VpcId, issues } };
  if (own && !isLost) return { ...about, status: 'PASS', text: `${subnetName(own)} of the ${use.name} is in ${vpcId}` };
  if (isLost) {
    const text = `EKS does not find ${id}, which the ${use.name} names: Ec2SubnetNotFound`;
    return { ...about, status: 'FAIL', text, remediation };
  }
  if (other) {
    const text = `${id} of the ${use.name} is in ${other.VpcId}, and the cluster in ${vpcId}`;
    return { ...about, status: 'FAIL', text, remediation };
  }
  const refused = snapshot.denied?.some(({ action }) => action === 'ec2:DescribeSubnets');
  if (refused) return { ...unread(context, resource, 'ec2:DescribeSubnets'), matter: use.name };
  const owner = vpc?.OwnerId;
  if (owner !== undefined && owner !== snapshot.account) {
    const text = `${id} of the ${use.name} is not to be seen: account ${owner}, which owns ${vpcId}, may have stopped sharing it`;
    return { ...about, status: 'UNKNOWN', text };
  }
  return { ...about, status: 'FAIL', text: `${id}, which the ${use.name} names, is not there`, remediation };
}
