// A load balancer role tag has the key, letter by letter, and one of the two values that the controller asks for.
import type { Judged, NetworkCheck } from '../network/check.ts';
import type { ClusterContext } from '../network/context.ts';
import { eachSubnet } from '../network/each-subnet.ts';
import type { Subnet, Tag } from '../network/ec2-shapes.ts';
import { subnetArn, subnetName, tagLines, tagValue } from '../network/names.ts';
import { meantRoleKey } from '../network/near-role-key.ts';
import { isLbcPublic } from '../network/simulate/routes.ts';
import { roleKeys, roleValues } from '../network/simulate/subnet-tags.ts';
import { createTag, deleteTags } from '../network/tag-commands.ts';

const docs = 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/';

export const net05: NetworkCheck = {
  id: 'NET-05',
  severity: 'high',
  title: 'Role tags can be discovered',
  docs,
  judge: (context) =>
    eachSubnet(context, (subnet) => (subnet.Tags ?? []).flatMap((tag) => judgeTag(context, subnet, tag))),
};

function judgeTag(context: ClusterContext, subnet: Subnet, { Key = '', Value = '' }: Tag): Judged[] {
  const about = { resource: subnetArn(context, subnet), matter: Key, evidence: { tags: tagLines(subnet.Tags) } };
  const said = `${subnetName(subnet)} is tagged ${JSON.stringify(Key)}`;
  if (Object.values<string>(roleKeys).includes(Key)) {
    if (roleValues.includes(Value)) return [{ ...about, status: 'PASS', text: `${said}=${JSON.stringify(Value)}` }];
    const text = `${said}=${JSON.stringify(Value)}, but only "" and "1" are looked for`;
    return [wrong(context, subnet, about, text, remedyFor(context, subnet, Key, Key))];
  }
  const meant = meantRoleKey(Key);
  if (meant === undefined) return [];
  const right = tagValue(subnet.Tags, meant);
  if (right !== undefined && roleValues.includes(right)) return [];
  const command = remedyFor(context, subnet, Key, meant);
  return [wrong(context, subnet, about, `${said}, which nothing looks for: ${meant} is meant`, command)];
}

/** The tag as it was meant; away with it where the internet does not reach the subnet, and NET-02 would be next. */
function remedyFor(context: ClusterContext, { SubnetId }: Subnet, key: string, meant: string): string {
  const away = deleteTags(context, [SubnetId], key);
  const effective = context.routing.get(SubnetId);
  if (meant === roleKeys['internet-facing'] && effective && !isLbcPublic(effective.table)) return away;
  const added = createTag(context, [SubnetId], meant, '1');
  return key === meant ? added : `${added} && ${away}`;
}

function wrong(
  { routing }: ClusterContext,
  { SubnetId }: Subnet,
  about: Pick<Judged, 'resource' | 'matter' | 'evidence'>,
  text: string,
  command: string,
): Judged {
  const evidence = { ...about.evidence, routeTable: routing.get(SubnetId)?.table.RouteTableId };
  return { ...about, evidence, status: 'FAIL', text, remediation: { command, docs } };
}
