import { describe, expect, test } from 'vitest';
import { net25 } from '../../../../shared/audit/checks/net-25.ts';
import type { NetworkInterface } from '../../../../shared/audit/network/ec2-address-shapes.ts';
import { judge } from '../network/builders.ts';
import { aCluster, cni, type Nodes, types, withNodes } from '../network/node-builders.ts';

const on = cni('v1.19.0', { ENABLE_PREFIX_DELEGATION: 'true' });
const scalingConfig = { maxSize: 2, desiredSize: 2 };

function lines(CidrBlock: string, rest: Nodes = {}): Nodes {
  return {
    subnets: { 'subnet-a': { CidrBlock } },
    ...{ workersIn: ['subnet-a'], workers: { scalingConfig }, objects: on, InstanceTypes: types },
    ...{ NetworkInterfaces: [], SubnetIpv4CidrReservations: [] },
    ...rest,
  };
}
const one = (cidr: string, rest: Nodes = {}) => judge(net25, withNodes(lines(cidr, rest)))[0];

function eni(addresses: string[], prefixes: string[] = [], SubnetId = 'subnet-a'): NetworkInterface {
  return {
    ...{ NetworkInterfaceId: 'eni-1', VpcId: 'vpc-1', SubnetId },
    PrivateIpAddresses: addresses.map((PrivateIpAddress) => ({ PrivateIpAddress })),
    Ipv4Prefixes: prefixes.map((Ipv4Prefix) => ({ Ipv4Prefix })),
  };
}

describe('NET-25: subnets have prefixes for more nodes', () => {
  test.each([
    ['10.0.0.0/28', 0, 'FAIL'],
    ['10.0.0.0/27', 0, 'FAIL'],
    ['10.0.0.0/26', 2, 'PASS'],
    ['10.0.0.0/25', 6, 'PASS'],
    ['10.0.0.0/24', 14, 'PASS'],
    ['10.0.0.0/20', 254, 'PASS'],
  ])('an empty %s has %d prefixes', (cidr, freePrefixes, status) => {
    expect(one(cidr)).toMatchObject({
      status,
      evidence: { freePrefixes, estimate: true },
      text: expect.stringContaining('estimated'),
    });
  });

  const spread = ['10.0.0.20', '10.0.0.40'];
  test.each<[string, Nodes, number, string]>([
    ['single addresses break every block', { NetworkInterfaces: [eni(spread)] }, 0, 'FAIL'],
    ['addresses close together', { NetworkInterfaces: [eni(['10.0.0.20', '10.0.0.21'])] }, 1, 'PASS'],
    ["another subnet's addresses", { NetworkInterfaces: [eni(spread, [], 'subnet-b')] }, 2, 'PASS'],
    ['a prefix in use', { NetworkInterfaces: [eni([], ['10.0.0.16/28'])] }, 1, 'PASS'],
    [
      'an explicit reservation',
      { SubnetIpv4CidrReservations: [{ SubnetId: 'subnet-a', Cidr: '10.0.0.32/28', ReservationType: 'explicit' }] },
      1,
      'PASS',
    ],
    [
      'a reservation for prefixes',
      { SubnetIpv4CidrReservations: [{ SubnetId: 'subnet-a', Cidr: '10.0.0.32/28', ReservationType: 'prefix' }] },
      2,
      'PASS',
    ],
    ['less than nodes may yet take', { workers: { scalingConfig: { maxSize: 5, desiredSize: 2 } } }, 2, 'WARN'],
    ['just what nodes may yet take', { workers: { scalingConfig: { maxSize: 4, desiredSize: 2 } } }, 2, 'PASS'],
  ])('%s', (_, rest, freePrefixes, status) => {
    expect(one('10.0.0.0/26', rest)).toMatchObject({ status, evidence: { freePrefixes } });
  });

  test.each<[string, Nodes, string]>([
    ['prefix delegation is off', { objects: cni('v1.19.0') }, 'NOT_APPLICABLE'],
    ['the cluster is IPv6', { cluster: { kubernetesNetworkConfig: { ipFamily: 'ipv6' } } }, 'NOT_APPLICABLE'],
    ['there is no CNI', { objects: { daemonsets: { items: [] } } }, 'NOT_APPLICABLE'],
    ['the CNI was not read', { objects: {} }, 'UNKNOWN'],
    ["the CNI's version is not known", { objects: cni('latest', { ENABLE_PREFIX_DELEGATION: 'true' }) }, 'UNKNOWN'],
  ])('%s: %s', (_, rest, status) => expect(one('10.0.0.0/27', rest)?.status).toBe(status));

  test.each(['NetworkInterfaces', 'SubnetIpv4CidrReservations'] as const)(
    '%s that were not read are unknown',
    (list) => {
      const { [list]: _, ...rest } = lines('10.0.0.0/27');
      expect(judge(net25, withNodes(rest))[0]?.status).toBe('UNKNOWN');
    },
  );

  test('of a shared subnet it is never known', () => {
    const subnets = { 'subnet-a': { CidrBlock: '10.0.0.0/28', OwnerId: '999999999999' } };
    expect(one('', { subnets })).toMatchObject({ status: 'UNKNOWN', text: expect.stringContaining('out of sight') });
  });

  test("pods' own subnets are judged, each once", () => {
    const env = { ENABLE_PREFIX_DELEGATION: 'true', AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true' };
    const eniconfigs = { items: [{ metadata: { name: 'a' }, spec: { subnet: 'subnet-p' } }] };
    const subnets = { 'subnet-a': {}, 'subnet-b': {}, 'subnet-p': { CidrBlock: '100.64.0.0/27' } };
    const judged = judge(
      net25,
      withNodes(
        lines('', { subnets, workersIn: ['subnet-a', 'subnet-b'], objects: { ...cni('v1.19.0', env), eniconfigs } }),
      ),
    );
    expect(judged.map(({ status, resource }) => `${status} ${resource.split('/')[1]}`)).toEqual(['FAIL subnet-p']);
  });

  test('the remedy reserves the largest block that is free, and where none is adds addresses to the VPC', () => {
    const workers = { scalingConfig: { maxSize: 50, desiredSize: 0 } };
    expect(one('10.0.0.0/24', { workers })?.remediation?.command).toBe(
      'aws ec2 create-subnet-cidr-reservation --subnet-id subnet-a --reservation-type prefix --cidr 10.0.0.64/26 --region eu-west-1',
    );
    expect(one('10.0.0.0/27')?.remediation?.command).toContain('associate-vpc-cidr-block');
  });

  test('groups that were not read are unknown', () => {
    expect(judge(net25, { Clusters: [aCluster()], objects: on }).map(({ status }) => status)).toEqual([
      'UNKNOWN',
      'UNKNOWN',
    ]);
  });
});
