import { describe, expect, test } from 'vitest';
import type { Route } from '../../../../../shared/audit/network/ec2-shapes.ts';
import {
  defaultRoute,
  describeDefault,
  isLbcPublic,
  leadsTo,
  routeTarget,
} from '../../../../../shared/audit/network/simulate/routes.ts';
import { aTable, via } from '../builders.ts';

const table = (...routes: Route[]) => aTable('rtb-1', routes);
const to = (DestinationCidrBlock: string, target: Partial<Route>): Route => ({
  DestinationCidrBlock,
  State: 'active',
  ...target,
});
const [low, high] = ['0.0.0.0/1', '128.0.0.0/1'];
const igw = { GatewayId: 'igw-1' };
const nat = { NatGatewayId: 'nat-1' };

describe('where a route leads', () => {
  test.each<[Partial<Route>, string]>([
    [igw, 'igw'],
    [{ GatewayId: 'vgw-1' }, 'vgw'],
    [{ GatewayId: 'vpce-1' }, 'vpce'],
    [{ GatewayId: 'local' }, 'local'],
    [nat, 'nat'],
    [{ EgressOnlyInternetGatewayId: 'eigw-1' }, 'eigw'],
    [{ TransitGatewayId: 'tgw-1' }, 'tgw'],
    [{ VpcPeeringConnectionId: 'pcx-1' }, 'pcx'],
    [{ CoreNetworkArn: 'arn:aws:networkmanager::1:core-network/c' }, 'core'],
    [{ CarrierGatewayId: 'cagw-1' }, 'cagw'],
    [{ LocalGatewayId: 'lgw-1' }, 'lgw'],
    [{ NetworkInterfaceId: 'eni-1', InstanceId: 'i-1' }, 'eni'],
    [{ InstanceId: 'i-1' }, 'other'],
  ])('%j is %s', (target, kind) => {
    expect(routeTarget(to('0.0.0.0/0', target)).kind).toBe(kind);
  });
});

describe('the default route', () => {
  test.each<[string, Route[], string]>([
    ['none', [], 'no default route'],
    ['the whole', via.nat, '0.0.0.0/0 through NAT gateway nat-1'],
    ['both halves, one way', [to(low, igw), to(high, igw)], '0.0.0.0/1 and 128.0.0.0/1 through internet gateway igw-1'],
    [
      'both halves, two ways',
      [to(low, igw), to(high, nat)],
      '0.0.0.0/1 and 128.0.0.0/1 through internet gateway igw-1 and NAT gateway nat-1',
    ],
    [
      'both halves before the whole',
      [...via.nat, to(low, igw), to(high, igw)],
      '0.0.0.0/1 and 128.0.0.0/1 through internet gateway igw-1',
    ],
    ['one half beside the whole', [...via.nat, to(low, igw)], '0.0.0.0/0 through NAT gateway nat-1'],
    ['a dead one', [to('0.0.0.0/0', { ...nat, State: 'blackhole' })], '0.0.0.0/0 through dead NAT gateway nat-1'],
  ])('%s', (_, routes, text) => {
    expect(describeDefault(defaultRoute(table(...routes), 'v4'))).toBe(text);
  });

  test('each family has its own', () => {
    const both = table(...via.nat, {
      DestinationIpv6CidrBlock: '::/0',
      EgressOnlyInternetGatewayId: 'eigw-1',
      State: 'active',
    });
    expect(describeDefault(defaultRoute(both, 'v6'))).toBe('::/0 through egress-only internet gateway eigw-1');
    expect(defaultRoute(table(...via.nat), 'v6')).toBeUndefined();
    const halves = ['::/1', '8000::/1'].map((DestinationIpv6CidrBlock) => ({ DestinationIpv6CidrBlock, ...igw }));
    expect(leadsTo(defaultRoute(table(...halves), 'v6'), 'igw')).toBe(true);
  });

  test('it leads where all of it leads, alive', () => {
    const leads = (...routes: Route[]) => leadsTo(defaultRoute(table(...routes), 'v4'), 'igw');
    expect(leads(to(low, igw), to(high, igw))).toBe(true);
    expect(leads(to(low, igw), to(high, nat))).toBe(false);
    expect(leads(to(low, igw), to(high, { ...igw, State: 'blackhole' }))).toBe(false);
    expect(leads()).toBe(false);
  });
});

test('the controller takes any route through an internet gateway for public', () => {
  expect(isLbcPublic(table(to('203.0.113.0/24', { ...igw, State: 'blackhole' })))).toBe(true);
  expect(isLbcPublic(table({ DestinationIpv6CidrBlock: '::/0', ...igw }))).toBe(true);
  expect(isLbcPublic(table(...via.nat, to('10.1.0.0/16', { GatewayId: 'vgw-1' })))).toBe(false);
});
