// The subnets of one load balancer all lie in Availability Zones, or all in Local Zones, Wavelength Zones or on Outposts.
import { plainDiscovery, schemes, undiscovered } from '../network/candidates.ts';
import type { Judged, NetworkCheck } from '../network/check.ts';
import type { ClusterContext } from '../network/context.ts';
import type { BalancerScheme } from '../network/simulate/load-balancer-wishes.ts';
import { localeOf } from '../network/simulate/locales.ts';
import type { Discovery } from '../network/simulate/subnet-discovery.ts';
import { roleKeys } from '../network/simulate/subnet-tags.ts';
import { deleteTags } from '../network/tag-commands.ts';
import { unread } from '../network/unread.ts';

const docs = 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/';

export const net11: NetworkCheck = {
  id: 'NET-11',
  severity: 'high',
  title: 'Subnets for load balancers are in one kind of place',
  docs,
  judge: (context) => {
    if (!context.subnets) return [unread(context, context.arn, 'ec2:DescribeSubnets')];
    return schemes.flatMap((scheme) => {
      const found = plainDiscovery(context, scheme);
      if (!found) return undiscovered(context, scheme);
      return found.chosen.length > 0 ? [judgeChosen(context, scheme, found)] : [];
    });
  },
};

function judgeChosen(context: ClusterContext, scheme: BalancerScheme, { chosen, path }: Discovery): Judged {
  const placed = chosen.map((subnet) => ({ subnet, locale: localeOf(subnet, context.zones) }));
  const locales = [...new Set(placed.map(({ locale }) => locale))].sort();
  const evidence = { chosen: placed.map(({ subnet, locale }) => `${subnet.SubnetId} ${locale ?? 'unknown'}`) };
  const about = { resource: context.arn, matter: scheme, evidence } as const;
  if (locales.includes(undefined))
    return { ...unread(context, context.arn, 'ec2:DescribeAvailabilityZones'), ...about };
  if (locales.length === 1)
    return {
      ...about,
      status: 'PASS',
      text: `all subnets for ${scheme} load balancers are of one kind: ${locales[0]}`,
    };
  const text = `subnets for ${scheme} load balancers are of several kinds: ${locales.join(', ')}`;
  const odd = placed.filter(({ locale }) => locale !== 'availability-zone').map(({ subnet }) => subnet.SubnetId);
  const command = path === 'tags' && { command: deleteTags(context, odd, roleKeys[scheme]) };
  return { ...about, status: 'FAIL', text, remediation: { ...command, docs } };
}
