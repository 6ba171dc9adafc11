// Every subnet that load balancers may be placed in has the free addresses that they need.
import { plainDiscovery, schemes, undiscovered } from '../network/candidates.ts';
import type { NetworkCheck } from '../network/check.ts';
import { eachSubnet } from '../network/each-subnet.ts';
import { subnetArn, subnetName } from '../network/names.ts';
import { leastFreeAddresses } from '../network/simulate/subnet-discovery.ts';
import { hasRole } from '../network/simulate/subnet-tags.ts';
import { unread } from '../network/unread.ts';

const docs =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#availability-zones';
/** A /27 without what EC2 keeps: room for an Application Load Balancer to grow. */
const roomToGrow = 27;

export const net10: NetworkCheck = {
  id: 'NET-10',
  severity: 'medium',
  title: 'Subnets for load balancers have free addresses',
  docs,
  judge: (context) => {
    const all = schemes.map((scheme) => ({ scheme, found: plainDiscovery(context, scheme) }));
    const candidates = new Set(all.flatMap(({ found }) => found?.candidates ?? []));
    const unknown = context.subnets
      ? all.flatMap(({ scheme, found }) => (found ? [] : undiscovered(context, scheme)))
      : [];
    const judged = eachSubnet(context, (subnet) => {
      if (!candidates.has(subnet) && !schemes.some((scheme) => hasRole(subnet, scheme))) return [];
      const { AvailableIpAddressCount: free, CidrBlock } = subnet;
      const resource = subnetArn(context, subnet);
      if (free === undefined) return [unread(context, resource, 'ec2:DescribeSubnets')];
      const about = { resource, evidence: { free, cidr: CidrBlock } };
      const text = `${subnetName(subnet)} has ${free} free ${free === 1 ? 'address' : 'addresses'}`;
      if (free < leastFreeAddresses)
        return [
          {
            ...about,
            status: 'FAIL',
            text: `${text}: load balancers need ${leastFreeAddresses}`,
            remediation: { docs },
          },
        ];
      if (free < roomToGrow)
        return [
          {
            ...about,
            status: 'WARN',
            text: `${text}: an Application Load Balancer may need ${roomToGrow} to grow`,
            remediation: { docs },
          },
        ];
      return [{ ...about, status: 'PASS', text }];
    });
    return [...judged, ...unknown];
  },
};
