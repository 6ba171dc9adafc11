import fc from 'fast-check';
import type { NetworkSnapshot } from '../../../../shared/audit/network/snapshot.ts';
import { aSnapshot, lbc, type SnapshotLines, type SubnetLine } from '../network/builders.ts';

type Versions = readonly [string | null, string | null];

/** Two clusters in one VPC, with controllers of these versions. */
export function twoClusters(
  subnets: Record<string, SubnetLine>,
  [demo, other]: Versions = ['v2.8.0', 'v2.8.0'],
  rest: SnapshotLines = {},
): NetworkSnapshot {
  const [first] = aSnapshot().Clusters;
  if (!first) throw new Error('there is no cluster');
  const deployed = (name: string, tag: string | null) => {
    const { metadata, spec } = lbc(tag ?? '');
    const [container] = spec?.template?.spec?.containers ?? [];
    const containers = container ? [{ ...container, args: [`--cluster-name=${name}`] }] : [];
    return { items: tag === null ? [] : [{ metadata, spec: { template: { spec: { containers } } } }] };
  };
  const none = { services: { items: [] }, ingresses: { items: [] } };
  const snapshot = aSnapshot({
    subnets,
    clusters: ['demo', 'other'],
    Clusters: [first, { ...first, name: 'other' }],
    ...rest,
  });
  return {
    ...snapshot,
    kubernetes: {
      demo: { deployments: deployed('demo', demo), ...none },
      other: { deployments: deployed('other', other), ...none },
    },
  };
}

const role = fc.constantFrom<Record<string, string>>(
  {},
  {},
  { 'kubernetes.io/role/elb': '1' },
  { 'kubernetes.io/role/elb': '' },
  { 'kubernetes.io/role/elb': 'true' },
  { 'kubernetes.io/role/ELB': '1' },
  { 'kubernetes.io/role/internal-elb': '1' },
  { 'kubernetes.io/role/alb-internal': '1' },
  { 'kubernetes.io/role/elb': '1', 'kubernetes.io/role/internal-elb': '1' },
);
const names = fc.constantFrom([], [], ['demo'], ['other'], ['demo', 'other'], ['gone']);
const line = fc.record({
  zone: fc.constantFrom('a', 'a', 'b', 'b', 'c', 'lax'),
  free: fc.constantFrom(3, 20, 250, 250, 250),
  via: fc.constantFrom('igw', 'igw', 'nat', 'nat', 'unseen', 'nowhere'),
  OwnerId: fc.constantFrom('111122223333', '111122223333', '999999999999'),
  role,
  names,
});
const version = fc.constantFrom('v2.1.0', 'v2.8.0', 'v2.13.0', 'v3.5.0', 'latest', null);

/** Networks as they may have been tagged by hand. */
export const anyNetwork = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 6 }), fc.tuple(version, version))
  .map(([lines, versions]) => {
    const subnets = lines.map(({ role: tags, names: of, ...rest }, at): [string, SubnetLine] => {
      const clusters = Object.fromEntries(of.map((name) => [`kubernetes.io/cluster/${name}`, 'shared']));
      return [`subnet-${at}`, { ...rest, tags: { Name: `s${at}`, ...tags, ...clusters } }];
    });
    return twoClusters(Object.fromEntries(subnets), versions);
  });
