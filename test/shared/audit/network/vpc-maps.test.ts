import { expect, test } from 'vitest';
import { vpcMaps } from '../../../../shared/audit/network/vpc-maps.ts';
import { aSnapshot, elb, subnetArn, vpcId } from './builders.ts';

const route = (to: object) => [{ DestinationCidrBlock: '0.0.0.0/0', State: 'active', ...to }];

test.each([
  ['public', 'igw'],
  ['nat', 'nat'],
  ['transit', 'tgw'],
  ['isolated', 'nowhere'],
  ['unknown', 'unseen'],
  ['nat', 'main'],
  ['transit', route({ NetworkInterfaceId: 'eni-1' })],
  ['isolated', route({ NatGatewayId: 'nat-1', State: 'blackhole' })],
] as const)('a subnet is %s whose default route leads there: %j', (kind, way) => {
  const snapshot = aSnapshot({ subnets: { a: { via: typeof way === 'string' ? way : [...way] } } });
  expect(vpcMaps(snapshot)[0]?.subnets[0]?.route).toBe(kind);
});

test('of a subnet without IPv4 it is the way of IPv6 that counts', () => {
  const via = [{ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1', State: 'active' }];
  const snapshot = aSnapshot({ subnets: { a: { via, ipv6: true } } });
  expect(vpcMaps(snapshot)[0]?.subnets[0]?.route).toBe('isolated');
  const subnets = snapshot.Subnets?.map(({ CidrBlock: _, ...subnet }) => subnet) ?? [];
  expect(vpcMaps({ ...snapshot, Subnets: subnets })[0]?.subnets[0]?.route).toBe('nat');
});

test('a VPC of several clusters is there once, with its subnets in the order of their zones and what each is for', () => {
  const config = (subnetIds: string[]) => ({ resourcesVpcConfig: { vpcId, subnetIds } });
  const [vpc, ...more] = vpcMaps(
    aSnapshot({
      subnets: {
        x: { zone: 'b', tags: elb },
        a: { zone: 'b', free: 7 },
        z: { tags: { Name: 'web' }, OwnerId: '999999999999' },
      },
      Vpcs: [{ VpcId: vpcId, CidrBlock: '10.0.0.0/16', Tags: [{ Key: 'Name', Value: 'main' }] }],
      Clusters: [
        { name: 'demo', ...config(['a']) },
        { name: 'other', ...config(['z']) },
      ],
      Nodegroups: [{ clusterName: 'other', nodegroupName: 'n', subnets: ['a'] }],
    }),
  );
  expect(more).toEqual([]);
  expect(vpc).toMatchObject({ id: vpcId, name: 'main', cidrs: ['10.0.0.0/16'], clusters: ['demo', 'other'] });
  expect(vpc?.subnets.map(({ id, zone, shared }) => `${zone} ${id} ${shared}`)).toEqual([
    ...['eu-west-1a z true', 'eu-west-1b a false', 'eu-west-1b x false'],
  ]);
  expect(vpc?.subnets[0]).toMatchObject({ name: 'web', uses: ['control plane of other'], zoneId: 'euw1-az1' });
  expect(vpc?.subnets[1]).toMatchObject({
    free: 7,
    arn: subnetArn('a'),
    uses: ['control plane of demo', 'nodes of other'],
  });
  expect(vpc?.subnets[2]).toMatchObject({ tags: elb, way: 'rtb-x: 0.0.0.0/0 through NAT gateway nat-1' });
});

test('where subnets were not read there is a network without any, not one that is empty for sure', () => {
  const { Subnets: _, ...snapshot } = aSnapshot();
  expect(vpcMaps(snapshot)).toMatchObject([{ id: vpcId, subnets: [] }]);
});
