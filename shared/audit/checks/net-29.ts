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
    const hidden = unreadPlaces(context, 'nodegroup', 'group', 'fargate');
    const looks = all.map((subnet) => {
      const acl = snapshot.NetworkAcls?.find(({ Associations = [] }) =>
        Associations.some(({ SubnetId }) => SubnetId === subnet.SubnetId),
      );
      return { subnet, acl, denied: acl ? deniedFlows(acl, flowsOf(subnet, { ofCluster, ofNodes })) : [] };
    });
    // One remedy for all subnets of an ACL: entries that were counted for each would have the same numbers.
    const byAcl = Map.groupBy(looks, ({ acl }) => acl);
    const commands = new Map([...byAcl].map(([acl, own]) => [acl, acl && remedyOf(context, acl, own)]));
    const judged = looks.map(({ subnet, acl, denied }): Judged => {
      if (!snapshot.NetworkAcls) return unread(context, subnetArn(context, subnet), 'ec2:DescribeNetworkAcls');
      if (!acl) return outOfSight(context, subnet);
      const command = isShared(context, subnet) ? undefined : commands.get(acl);
      return judgeAcl(context, subnet, acl, { denied, command, hidden });
    });
    return [...judged, ...hidden];
  },
};

function outOfSight(context: ClusterContext, subnet: Subnet): Judged {
  const resource = subnetArn(context, subnet);
  const text = isShared(context, subnet)
    ? `the network ACL of ${subnetName(subnet)} is out of sight: account ${subnet.OwnerId} shares the subnet`
    : `no network ACL that was read is associated with ${subnetName(subnet)}`;
  return { status: 'UNKNOWN', resource, text, evidence: { subnet: subnet.SubnetId, owner: subnet.OwnerId } };
}

interface DeniedFlow {
  flow: ClusterFlow;
  rule: string;
}

function remedyOf(context: ClusterContext, acl: NetworkAcl, looks: readonly { denied: readonly DeniedFlow[] }[]) {
  const flows = looks.flatMap(({ denied }) => denied.map(({ flow }) => flow));
  return flows.length > 0 ? allowEntry(context, acl, flows) : undefined;
}

function deniedFlows(acl: NetworkAcl, flows: readonly ClusterFlow[]): DeniedFlow[] {
  return flows.flatMap((flow) => {
    const by = deniedBy(acl, flow);
    return by ? [{ flow, rule: by === 'unlisted' ? 'no rule' : `rule ${by.RuleNumber}` }] : [];
  });
}

function judgeAcl(
  context: ClusterContext,
  subnet: Subnet,
  acl: NetworkAcl,
  {
    denied,
    command,
    hidden,
  }: { denied: readonly DeniedFlow[]; command: string | undefined; hidden: readonly Judged[] },
): Judged {
  const { NetworkAclId: id, IsDefault } = acl;
  const resource = subnetArn(context, subnet);
  const named = `${IsDefault ? 'the default network ACL' : 'network ACL'} ${id} of ${subnetName(subnet)}`;
  const evidence = { networkAcl: id, isDefault: IsDefault };
  if (!acl.Entries) return { ...unread(context, resource, 'ec2:DescribeNetworkAcls'), evidence };
  const [first] = denied;
  if (!first && hidden.length > 0) {
    const text = `${named} lets through what is known, but not all places of nodes are`;
    return { status: 'UNKNOWN', resource, text, evidence, missing: hidden.flatMap(({ missing = [] }) => missing) };
  }
  if (!first) return { status: 'PASS', resource, text: `${named} lets through what the cluster says`, evidence };
  const lines = denied.map(({ flow, rule }) => `${flow.text}: ${rule}`);
  const text = `${named} denies ${first.flow.text}${denied.length > 1 ? ` and ${denied.length - 1} more` : ''}`;
  const remediation = { ...(command !== undefined && { command }), docs };
  return { status: 'FAIL', resource, text, evidence: { ...evidence, denied: lines }, remediation };
}
