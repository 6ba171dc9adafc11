// A subnet that another account shares carries this account's own tags.
import type { Judged, NetworkCheck } from '../network/check.ts';
import type { ClusterContext } from '../network/context.ts';
import { eachSubnet } from '../network/each-subnet.ts';
import type { Subnet } from '../network/ec2-shapes.ts';
import { isShared, subnetArn, subnetName, tagLines } from '../network/names.ts';
import { isLbcPublic } from '../network/simulate/routes.ts';
import { hasRole, roleKeys } from '../network/simulate/subnet-tags.ts';
import { createTag } from '../network/tag-commands.ts';

const docs = 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html';

export const net28: NetworkCheck = {
  id: 'NET-28',
  severity: 'medium',
  title: 'Shared subnets are tagged in this account',
  docs,
  judge: (context) => {
    const judged = eachSubnet(context, (subnet) => (isShared(context, subnet) ? [judgeShared(context, subnet)] : []));
    const text = 'no subnet of the VPC is shared by another account';
    return judged.length > 0 ? judged : [{ status: 'NOT_APPLICABLE', resource: context.arn, text, evidence: {} }];
  },
};

function judgeShared(context: ClusterContext, subnet: Subnet): Judged {
  const { routing, snapshot } = context;
  const table = routing.get(subnet.SubnetId)?.table;
  const acl = snapshot.NetworkAcls?.some(({ Associations = [] }) =>
    Associations.some(({ SubnetId }) => SubnetId === subnet.SubnetId),
  );
  const hidden = [...(table ? [] : ['routes']), ...(acl ? [] : ['network ACL'])];
  const evidence = { owner: subnet.OwnerId, tags: tagLines(subnet.Tags), outOfSight: hidden };
  const about = { resource: subnetArn(context, subnet), evidence };
  const unseen =
    hidden.length > 0
      ? `; its ${hidden.join(' and ')} ${table ? 'is' : 'are'} out of sight, and what follows unknown`
      : '';
  const name = `${subnetName(subnet)}, which account ${subnet.OwnerId} shares,`;
  if (hasRole(subnet, 'internet-facing') || hasRole(subnet, 'internal'))
    return { ...about, status: 'PASS', text: `${name} has a load balancer role in this account${unseen}` };
  const text = `${name} has no load balancer role in this account: the owner's tags do not count here${unseen}`;
  const key = table && roleKeys[isLbcPublic(table) ? 'internet-facing' : 'internal'];
  const command = key && createTag(context, [subnet.SubnetId], key, '1');
  return { ...about, status: 'WARN', text, remediation: { ...(command !== undefined && { command }), docs } };
}
