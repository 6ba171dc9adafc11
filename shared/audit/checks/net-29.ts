// Network ACLs let through what nodes and the control plane say to each other.

import { allowEntry } from '../network/allow-entry.ts';
import type { Judged, NetworkCheck } from '../network/check.ts';
import type { ClusterContext } from '../network/context.ts';
import type { NetworkAcl } from '../network/ec2-address-shapes.ts';
import type { Subnet } from '../network/ec2-shapes.ts';
import { isShared, subnetArn, subnetName } from '../network/names.ts';
import { nodePlaces, subnetsInUse, unreadPlaces } from '../network/node-places.ts';
import { deniedBy } from '../network/simulate/acl-allows.ts';
import { type ClusterFlow, flowsOf } from '../network/simulate/cluster-flows.ts';
import { unread } from '../network/unread.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html';

export const net29: NetworkCheck = {
  id: 'NET-29',
  severity: 'medium',
  title: 'Network ACLs let the cluster talk',
  docs,
  judge: (context) => {
    const { subnets, arn, cluster, snapshot } = context;
    if (!subnets) return [unread(context, arn, 'ec2:DescribeSubnets')];
    const ids = cluster.resourcesVpcConfig?.subnetIds ?? [];
    const ofCluster = subnets.filter(({ SubnetId }) => ids.includes(SubnetId));
    const ofNodes = subnetsInUse(context, nodePlaces(context)).map(({ subnet }) => subnet);
    const all = subnets.filter((subnet) => ofCluster.includes(subnet) || ofNodes.includes(subnet));
    const judged = all.map((subnet): Judged => {
      const resource = subnetArn(context, subnet);
      if (!snapshot.NetworkAcls) return unread(context, resource, 'ec2:DescribeNetworkAcls');
      const acl = snapshot.NetworkAcls.find(({ Associations = [] }) =>
        Associations.some(({ SubnetId }) => SubnetId === subnet.SubnetId),
      );
      if (!acl) return outOfSight(context, subnet);
      return judgeAcl(context, subnet, acl, flowsOf(subnet, { ofCluster, ofNodes }));
    });
    return [...judged, ...unreadPlaces(context, 'nodegroup', 'group', 'fargate')];
  },
};

function outOfSight(context: ClusterContext, subnet: Subnet): Judged {
  const resource = subnetArn(context, subnet);
  const text = isShared(context, subnet)
    ? `the network ACL of ${subnetName(subnet)} is out of sight: account ${subnet.OwnerId} shares the subnet`
    : `no network ACL that was read is associated with ${subnetName(subnet)}`;
  return { status: 'UNKNOWN', resource, text, evidence: { subnet: subnet.SubnetId, owner: subnet.OwnerId } };
}

function judgeAcl(context: ClusterContext, subnet: Subnet, acl: NetworkAcl, flows: readonly ClusterFlow[]): Judged {
  const { NetworkAclId: id, IsDefault } = acl;
  const resource = subnetArn(context, subnet);
  const named = `${IsDefault ? 'the default network ACL' : 'network ACL'} ${id} of ${subnetName(subnet)}`;
  const evidence = { networkAcl: id, isDefault: IsDefault };
  if (!acl.Entries) return { ...unread(context, resource, 'ec2:DescribeNetworkAcls'), evidence };
  const denied = flows.flatMap((flow) => {
    const by = deniedBy(acl, flow);
    return by ? [{ flow, rule: by === 'unlisted' ? 'no rule' : `rule ${by.RuleNumber}` }] : [];
  });
  const [first] = denied;
  if (!first) {
    const text = `${named} lets through what the cluster says`;
    return { status: 'PASS', resource, text, evidence: { ...evidence, flows: flows.length } };
  }
  const lines = denied.map(({ flow, rule }) => `${flow.text}: ${rule}`);
  const command = allowEntry(
    context,
    acl,
    denied.map(({ flow }) => flow),
  );
  const text = `${named} denies ${first.flow.text}${denied.length > 1 ? ` and ${denied.length - 1} more` : ''}`;
  const remediation = { ...(command !== undefined && { command }), docs };
  return { status: 'FAIL', resource, text, evidence: { ...evidence, denied: lines }, remediation };
}
