// No subnet is tagged for internet-facing and for internal load balancers at once.
import type { NetworkCheck } from '../network/check.ts';
import { eachSubnet } from '../network/each-subnet.ts';
import { subnetArn, subnetName, tagLines, tagValue } from '../network/names.ts';
import { isLbcPublic } from '../network/simulate/routes.ts';
import { roleKeys } from '../network/simulate/subnet-tags.ts';
import { deleteTags } from '../network/tag-commands.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html';

export const net04: NetworkCheck = {
  id: 'NET-04',
  severity: 'medium',
  title: 'A subnet has one load balancer role',
  docs,
  judge: (context) =>
    eachSubnet(context, (subnet) => {
      const keys = Object.values(roleKeys).filter((key) => tagValue(subnet.Tags, key) !== undefined);
      const [one] = keys;
      if (one === undefined) return [];
      const about = { resource: subnetArn(context, subnet), evidence: { tags: tagLines(subnet.Tags) } };
      if (keys.length === 1) return [{ ...about, status: 'PASS', text: `${subnetName(subnet)} is tagged ${one} only` }];
      const text = `${subnetName(subnet)} is tagged ${keys.join(' and ')}: one of the two is against its routes`;
      const effective = context.routing.get(subnet.SubnetId);
      const wrong = effective && (isLbcPublic(effective.table) ? roleKeys.internal : roleKeys['internet-facing']);
      const command = wrong && deleteTags(context, [subnet.SubnetId], wrong);
      return [{ ...about, status: 'WARN', text, remediation: { ...(command && { command }), docs } }];
    }),
};
