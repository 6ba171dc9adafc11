import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CniView, cniSubnets } from '../../../../../shared/audit/network/simulate/cni-subnets.ts';
import { aSubnet, type SubnetLine } from '../builders.ts';

const role = (value: string, ...clusters: string[]) => ({
  'kubernetes.io/role/cni': value,
  ...Object.fromEntries(clusters.map((name) => [`cni.networking.k8s.aws/cluster/${name}`, 'shared'])),
});
const look = (own: SubnetLine, other: SubnetLine, view: Partial<CniView> = {}) => {
  const subnets = [aSubnet('own', { free: 100, ...own }), aSubnet('other', { free: 200, ...other })];
  const found = cniSubnets(subnets[0] ?? aSubnet('own'), {
    subnets,
    clusterName: 'demo',
    version: [1, 19, 0],
    discovery: true,
    ...view,
  });
  return found.map(({ SubnetId }) => SubnetId);
};

describe('where the VPC CNI makes network interfaces', () => {
  test.each<[string, SubnetLine, SubnetLine, string[]]>([
    ["only the node's own, without tags", {}, {}, ['own']],
    ['the roomiest first', {}, { tags: role('1') }, ['other', 'own']],
    ['any value but 0', {}, { tags: role('yes') }, ['other', 'own']],
    ['not one with 0', {}, { tags: role('0') }, ['own']],
    ["not even the node's own with 0", { tags: role('0') }, { tags: role('1') }, ['other']],
    ['none at all', { tags: role('0') }, {}, []],
    ['not of another zone', {}, { zone: 'b', tags: role('1') }, ['own']],
    ['not of another VPC', {}, { VpcId: 'vpc-2', tags: role('1') }, ['own']],
    ['scoped to this cluster', {}, { tags: role('1', 'demo', 'blue') }, ['other', 'own']],
    ['scoped to another', {}, { tags: role('1', 'demo-2') }, ['own']],
    ["the node's own scoped to another", { tags: role('1', 'blue') }, {}, []],
    [
      'kubernetes.io/cluster is no scope',
      {},
      { tags: { ...role('1'), 'kubernetes.io/cluster/blue': 'owned' } },
      ['other', 'own'],
    ],
  ])('%s', (_, own, other, wanted) => {
    expect(look(own, other)).toEqual(wanted);
  });

  test.each<[string, Partial<CniView>, string[]]>([
    ['1.17', { version: [1, 17, 9] }, ['own']],
    ['1.18 with discovery off', { version: [1, 18, 0], discovery: false }, ['own']],
    ['1.18', { version: [1, 18, 0] }, ['other']],
  ])('%s minds tags or not', (_, view, wanted) => {
    expect(look({ tags: role('0') }, { tags: role('1') }, view)).toEqual(wanted);
  });

  test('the order of the subnets changes nothing', () => {
    const line = fc.record({
      free: fc.nat({ max: 3 }),
      tags: fc.constantFrom({}, role('1'), role('0'), role('1', 'blue')),
    });
    const vpc = fc
      .array(line, { minLength: 1, maxLength: 6 })
      .map((lines) => lines.map((each, at) => aSubnet(`s${at}`, each)));
    fc.assert(
      fc.property(vpc, (subnets) => {
        const view = { clusterName: 'demo', version: [1, 20, 0] as const, discovery: true };
        const [own = aSubnet('s0')] = subnets;
        expect(cniSubnets(own, { ...view, subnets: subnets.toReversed() })).toEqual(
          cniSubnets(own, { ...view, subnets }),
        );
      }),
    );
  });
});
