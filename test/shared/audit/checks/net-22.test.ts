import { describe, expect, test } from 'vitest';
import { net22 } from '../../../../shared/audit/checks/net-22.ts';
import type { Route } from '../../../../shared/audit/network/ec2-shapes.ts';
import { judge, type SubnetLine, via } from '../network/builders.ts';
import { aCluster, aType, type Nodes, types, withNodes } from '../network/node-builders.ts';

const six = { kubernetesNetworkConfig: { ipFamily: 'ipv6' } };
const out6 = (target: Partial<Route>): Route => ({ DestinationIpv6CidrBlock: '::/0', State: 'active', ...target });
const eigw = out6({ EgressOnlyInternetGatewayId: 'eigw-1' });
const right: SubnetLine = { ipv6: true, AssignIpv6AddressOnCreation: true, via: [...via.nat, eigw] };

function lines(subnet: SubnetLine, rest: Nodes = {}): Nodes {
  return { subnets: { 'subnet-a': subnet }, workersIn: ['subnet-a'], cluster: six, InstanceTypes: types, ...rest };
}
const all = (subnet: SubnetLine, rest: Nodes = {}) =>
  judge(net22, withNodes(lines(subnet, rest))).map(({ status }) => status);

describe('NET-22: subnets and nodes of an IPv6 cluster', () => {
  test.each<[string, SubnetLine, string]>([
    ['all that it takes', right, 'PASS'],
    ['a public one', { ...right, via: [...via.igw, out6({ GatewayId: 'igw-1' })] }, 'PASS'],
    ['no block', { ...right, ipv6: false }, 'FAIL'],
    [
      'a block that is going',
      { ...right, ipv6: false, Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlockState: { State: 'disassociating' } }] },
      'FAIL',
    ],
    ['no assignment', { ...right, AssignIpv6AddressOnCreation: false }, 'FAIL'],
    ['no way out by IPv6', { ...right, via: 'nat' }, 'FAIL'],
    ['IPv6 through a transit gateway', { ...right, via: [...via.nat, out6({ TransitGatewayId: 'tgw-1' })] }, 'FAIL'],
    ['IPv6 that is dropped', { ...right, via: [...via.nat, { ...eigw, State: 'blackhole' }] }, 'FAIL'],
    ['no way out by IPv4', { ...right, via: [eigw] }, 'FAIL'],
    ['routes that are not to be seen', { ...right, via: 'unseen' }, 'UNKNOWN'],
  ])('a subnet with %s', (_, subnet, status) => expect(all(subnet)).toEqual([status, 'PASS']));

  test('what the subnet assigns was not read', () => {
    const { AssignIpv6AddressOnCreation: _, ...subnet } = right;
    expect(all(subnet)).toEqual(['UNKNOWN', 'PASS']);
  });

  test.each([
    ['m5.large', 'PASS'],
    ['m4.large', 'FAIL'],
    ['x9.large', 'UNKNOWN'],
    ['m5.metal', 'PASS'],
  ])('nodes of %s: %s', (type, status) => {
    const InstanceTypes = [...types, { ...aType('m5.metal', [15, 50, 96], ''), BareMetal: true }];
    expect(all(right, { InstanceTypes, workers: { instanceTypes: [type] } })).toEqual(['PASS', status]);
  });

  test('types of a mixed group are all judged, each once', () => {
    const Overrides = ['m4.large', 'm5.large'].map((InstanceType) => ({ InstanceType }));
    const own = { MixedInstancesPolicy: { LaunchTemplate: { Overrides } }, Instances: [{ InstanceType: 'm5.large' }] };
    expect(all(right, { workersIn: [], ownIn: ['subnet-a'], own })).toEqual(['PASS', 'FAIL', 'PASS']);
  });

  test('an IPv4 cluster needs none of it, and a family that was not read is unknown', () => {
    expect(all({}, { cluster: {} })).toEqual(['NOT_APPLICABLE']);
    expect(all({}, { cluster: { kubernetesNetworkConfig: {} } })).toEqual(['UNKNOWN']);
  });

  test('the remedy assigns addresses where there is a block', () => {
    const command = (subnet: SubnetLine) => judge(net22, withNodes(lines(subnet)))[0]?.remediation?.command;
    expect(command({ ...right, AssignIpv6AddressOnCreation: false })).toBe(
      'aws ec2 modify-subnet-attribute --subnet-id subnet-a --assign-ipv6-address-on-creation --region eu-west-1',
    );
    expect(command({ ...right, AssignIpv6AddressOnCreation: false, OwnerId: '999999999999' })).toBeUndefined();
    expect(command({ ...right, ipv6: false, AssignIpv6AddressOnCreation: false })).toBeUndefined();
  });

  test('groups that were not read are unknown', () => {
    const judged = judge(net22, { Clusters: [aCluster(six)] });
    expect(judged.map(({ status }) => status)).toEqual(['UNKNOWN', 'UNKNOWN']);
  });
});
