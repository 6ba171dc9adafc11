import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Subnet } from '../../../../../shared/audit/network/ec2-shapes.ts';
import { discoveryRules } from '../../../../../shared/audit/network/simulate/discovery-rules.ts';
import { localeOf } from '../../../../../shared/audit/network/simulate/locales.ts';
import {
  type Discovery,
  type DiscoveryRequest,
  discoverSubnets,
} from '../../../../../shared/audit/network/simulate/subnet-discovery.ts';
import type { Version } from '../../../../../shared/audit/network/simulate/versions.ts';
import { aSubnet, zones } from '../builders.ts';

interface Placed {
  subnet: Subnet;
  isPublic: boolean;
}

const keys = ['kubernetes.io/role/elb', 'kubernetes.io/role/internal-elb'];
const cluster = fc.constantFrom([], ['demo'], ['other'], ['demo', 'other'], ['demo-2']);
const placed = fc.record({
  zone: fc.constantFrom('a', 'a', 'b', 'b', 'c', 'lax'),
  free: fc.constantFrom(0, 7, 8, 9, 250),
  role: fc.constantFrom<Record<string, string>>(
    {},
    { [keys[0] ?? '']: '1' },
    { [keys[0] ?? '']: '' },
    { [keys[1] ?? '']: '1' },
    { [keys[0] ?? '']: 'true' },
  ),
  cluster,
  ipv6: fc.boolean(),
  isPublic: fc.boolean(),
});
const vpc = fc.array(placed, { maxLength: 9 }).map((lines) =>
  lines.map(({ role, cluster: names, isPublic, ...line }, at): Placed => {
    const tags = { ...role, ...Object.fromEntries(names.map((name) => [`kubernetes.io/cluster/${name}`, 'shared'])) };
    return { subnet: aSubnet(`subnet-${at}`, { ...line, tags }), isPublic };
  }),
);
const version = fc.constantFrom<Version>([2, 1, 1], [2, 1, 2], [2, 4, 2], [2, 12, 0], [2, 12, 1], [3, 4, 9], [3, 5, 0]);
const request = fc.record<DiscoveryRequest>({
  type: fc.constantFrom('alb', 'nlb'),
  scheme: fc.constantFrom('internet-facing', 'internal'),
  dualStack: fc.boolean(),
});
const byId = new Map(zones.map((zone) => [zone.ZoneId ?? '', zone]));
const ids = (subnets: readonly Subnet[]) => subnets.map(({ SubnetId }) => SubnetId);

function discover(asked: DiscoveryRequest, all: readonly Placed[], of: Version, gates = {}): Discovery {
  const open = new Set(all.filter(({ isPublic }) => isPublic).map(({ subnet }) => subnet));
  const view = {
    subnets: all.map(({ subnet }) => subnet),
    clusterName: 'demo',
    isPublic: (subnet: Subnet) => open.has(subnet),
    localeOf: (subnet: Subnet) => localeOf(subnet, byId),
  };
  return discoverSubnets(asked, view, discoveryRules(of, gates));
}

/** The rules again, the plainest way: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/ */
function restated(
  { scheme, dualStack }: DiscoveryRequest,
  all: readonly Placed[],
  [major, minor, patch]: Version,
): string[] {
  const at = major * 1e6 + minor * 1e3 + patch;
  const key = scheme === 'internal' ? keys[1] : keys[0];
  const tags = (subnet: Subnet) => (subnet.Tags ?? []).map(({ Key, Value }) => `${Key}=${Value}`);
  const tagged = all.filter(({ subnet }) => tags(subnet).some((tag) => tag === `${key}=` || tag === `${key}=1`));
  const byRoutes = at >= 2012001 ? all.filter(({ isPublic }) => isPublic === (scheme === 'internet-facing')) : [];
  const names = (subnet: Subnet) =>
    tags(subnet).flatMap((tag) => /^kubernetes.io\/cluster\/(.*)=/.exec(tag)?.[1] ?? []);
  const left = (tagged.length > 0 ? tagged : byRoutes)
    .map(({ subnet }) => subnet)
    .filter((subnet) => names(subnet).includes('demo') || (names(subnet).length === 0 && at >= 2001002))
    .filter(({ AvailableIpAddressCount = 0 }) => AvailableIpAddressCount >= 8)
    .filter((subnet) => !dualStack || at < 3005000 || subnet.Ipv6CidrBlockAssociationSet !== undefined)
    .map((subnet) => ({
      zone: subnet.AvailabilityZone,
      rank: `${names(subnet).includes('demo') ? 0 : 1} ${subnet.SubnetId}`,
    }));
  const best = left.filter((one) => !left.some((other) => other.zone === one.zone && other.rank < one.rank));
  return best.map(({ rank }) => rank.slice(2)).sort();
}

describe('subnet discovery', () => {
  test('chooses as the rules say when they are said again, more plainly', () => {
    fc.assert(
      fc.property(request, vpc, version, (asked, all, of) => {
        expect(ids(discover(asked, all, of).chosen)).toEqual(restated(asked, all, of));
      }),
      { numRuns: 500 },
    );
  });

  test('chooses one a zone, with eight free addresses, and none that is for others only', () => {
    fc.assert(
      fc.property(request, vpc, version, (asked, all, of) => {
        const { chosen } = discover(asked, all, of);
        expect(new Set(chosen.map(({ AvailabilityZone }) => AvailabilityZone)).size).toBe(chosen.length);
        expect(chosen.every(({ AvailableIpAddressCount = 0 }) => AvailableIpAddressCount >= 8)).toBe(true);
      }),
    );
  });

  test('the order of the subnets changes nothing', () => {
    const shuffled = vpc.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(request, shuffled, version, (asked, [all, other], of) => {
        const [one, two] = [discover(asked, all, of), discover(asked, other, of)];
        expect([ids(two.chosen), two.error, two.path]).toEqual([ids(one.chosen), one.error, one.path]);
      }),
    );
  });

  test('without an error there are never fewer than the least, and all of one kind', () => {
    fc.assert(
      fc.property(request, vpc, version, fc.boolean(), (asked, all, of, ALBSingleSubnet) => {
        const { chosen, error } = discover(asked, all, of, { ALBSingleSubnet });
        if (error !== undefined) return;
        const kinds = new Set(chosen.map((subnet) => localeOf(subnet, byId)));
        const two = asked.type === 'alb' && kinds.has('availability-zone') && !ALBSingleSubnet;
        expect(kinds.size).toBe(1);
        expect(chosen.length).toBeGreaterThanOrEqual(two ? 2 : 1);
        if (asked.dualStack) expect(chosen.every((each) => each.Ipv6CidrBlockAssociationSet)).toBe(true);
      }),
    );
  });

  test('what a Network Load Balancer cannot get, an Application Load Balancer cannot either', () => {
    fc.assert(
      fc.property(request, vpc, version, (asked, all, of) => {
        const [alb, nlb] = (['alb', 'nlb'] as const).map((type) => discover({ ...asked, type }, all, of));
        if (nlb?.error) expect(alb?.error).toBeDefined();
      }),
    );
  });

  test('a later version finds subnets wherever an earlier one did for IPv4', () => {
    const pair = fc.tuple(version, version).map((two) => two.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]));
    fc.assert(
      fc.property(request, vpc, pair, (asked, all, [earlier, later]) => {
        if (!earlier || !later) return;
        const before = discover({ ...asked, dualStack: false }, all, earlier).chosen.length;
        expect(discover({ ...asked, dualStack: false }, all, later).chosen.length).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  test('one subnet with the role tag keeps routes out of it', () => {
    fc.assert(
      fc.property(request, vpc, (asked, all) => {
        const { path, candidates } = discover(asked, all, [3, 0, 0]);
        const key = asked.scheme === 'internal' ? keys[1] : keys[0];
        const hasKey = (subnet: Subnet) => subnet.Tags?.some(({ Key, Value }) => Key === key && Value !== 'true');
        expect(path === 'tags').toBe(all.some(({ subnet }) => hasKey(subnet)));
        if (path === 'tags') expect(candidates.every(hasKey)).toBe(true);
      }),
    );
  });

  test('more free addresses never lose a zone', () => {
    fc.assert(
      fc.property(request, vpc, version, (asked, all, of) => {
        const roomy = all.map(({ subnet, isPublic }) => ({
          subnet: { ...subnet, AvailableIpAddressCount: 250 },
          isPublic,
        }));
        expect(discover(asked, roomy, of).chosen.length).toBeGreaterThanOrEqual(discover(asked, all, of).chosen.length);
      }),
    );
  });
});
