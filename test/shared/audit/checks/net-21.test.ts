import { describe, expect, test } from 'vitest';
import { net21 } from '../../../../shared/audit/checks/net-21.ts';
import type { LaunchTemplateVersion } from '../../../../shared/audit/network/compute-shapes.ts';
import { judge, type SubnetLine, via } from '../network/builders.ts';
import { aCluster, type Nodes, withNodes } from '../network/node-builders.ts';

const launchTemplate = { id: 'lt-1', version: '2' };
const LaunchTemplate = { LaunchTemplateId: 'lt-1', Version: '$Latest' };

function template(
  VersionNumber: number,
  AssociatePublicIpAddress?: boolean,
  rest: Partial<LaunchTemplateVersion> = {},
): LaunchTemplateVersion {
  const given = AssociatePublicIpAddress === undefined ? {} : { AssociatePublicIpAddress };
  const NetworkInterfaces = [{ DeviceIndex: 0, ...given }];
  return { LaunchTemplateId: 'lt-1', VersionNumber, LaunchTemplateData: { NetworkInterfaces }, ...rest };
}

function all(line: Nodes, subnet: SubnetLine): string[] {
  const subnets = { 'subnet-a': { via: 'igw', ...subnet } } as const;
  return judge(net21, withNodes({ subnets, workersIn: ['subnet-a'], ...line })).map(({ status }) => status);
}
const maps = { MapPublicIpOnLaunch: true };
const mapsNot = { MapPublicIpOnLaunch: false };
const with6: SubnetLine = {
  ...{ ipv6: true, AssignIpv6AddressOnCreation: true },
  via: [...via.igw, { DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-1' }],
};

describe('NET-21: nodes in public subnets have public addresses', () => {
  test.each<[string, SubnetLine, string]>([
    ['the subnet gives them', maps, 'PASS'],
    ['the subnet does not', mapsNot, 'FAIL'],
    ['what the subnet does was not read', {}, 'UNKNOWN'],
    ['the subnet is private', { ...mapsNot, via: 'nat' }, 'NOT_APPLICABLE'],
    ['its routes are not to be seen', { ...mapsNot, via: 'unseen' }, 'UNKNOWN'],
    ['IPv6 makes up for it', { ...mapsNot, ...with6 }, 'PASS'],
    ['IPv6 is not assigned', { ...mapsNot, ...with6, AssignIpv6AddressOnCreation: false }, 'FAIL'],
    ['IPv6 does not lead out', { ...mapsNot, ...with6, via: 'igw' }, 'FAIL'],
  ])('%s', (_, subnet, status) => expect(all({}, subnet)).toEqual([status]));

  test.each<[string, LaunchTemplateVersion[], SubnetLine, string]>([
    ['asks for them', [template(2, true)], mapsNot, 'PASS'],
    ['forbids them', [template(2, false)], maps, 'FAIL'],
    ['says nothing', [template(2)], mapsNot, 'FAIL'],
    ['says nothing, and the subnet gives them', [template(2)], maps, 'PASS'],
    ['asks for them in another version', [template(1, true), template(2)], mapsNot, 'FAIL'],
    ['was not read', [], mapsNot, 'UNKNOWN'],
    ['was read in another version only', [template(1, true)], mapsNot, 'UNKNOWN'],
  ])('a launch template that %s', (_, LaunchTemplateVersions, subnet, status) => {
    expect(all({ LaunchTemplateVersions, workers: { launchTemplate } }, subnet)).toEqual([status]);
  });

  test.each([
    ['$Latest', 'PASS'],
    ['$Default', 'FAIL'],
    ['1', 'FAIL'],
    [undefined, 'FAIL'],
  ])('a self-managed group of version %s', (Version, status) => {
    const LaunchTemplateVersions = [
      template(1, false, { DefaultVersion: true }),
      template(2, false),
      template(10, true),
    ];
    const own = { LaunchTemplate: { LaunchTemplateId: 'lt-1', ...(Version && { Version }) } };
    expect(all({ workersIn: [], ownIn: ['subnet-a'], own, LaunchTemplateVersions }, mapsNot)).toEqual([status]);
  });

  test('of several templates one that forbids them is enough', () => {
    const LaunchTemplateVersions = [template(1, true), template(1, false, { LaunchTemplateId: 'lt-2' })];
    const Overrides = [{ LaunchTemplateSpecification: { LaunchTemplateId: 'lt-2', Version: '1' } }];
    const own = {
      MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: LaunchTemplate, Overrides } },
    };
    expect(all({ workersIn: [], ownIn: ['subnet-a'], own, LaunchTemplateVersions }, maps)).toEqual(['FAIL']);
  });

  test('a launch configuration is not read', () => {
    expect(all({ workersIn: [], ownIn: ['subnet-a'], own: { LaunchConfigurationName: 'lc' } }, maps)).toEqual([
      'UNKNOWN',
    ]);
  });

  test('the remedy lets the subnet give them, unless the template forbids it', () => {
    const lines = { subnets: { 'subnet-a': { via: 'igw', ...mapsNot } }, workersIn: ['subnet-a'] } as const;
    const nodes: Nodes = { ...lines, workersIn: ['subnet-a'] };
    expect(judge(net21, withNodes(nodes))[0]?.remediation?.command).toBe(
      'aws ec2 modify-subnet-attribute --subnet-id subnet-a --map-public-ip-on-launch --region eu-west-1',
    );
    const shared = { ...nodes, subnets: { 'subnet-a': { via: 'igw', ...mapsNot, OwnerId: '999999999999' } as const } };
    expect(judge(net21, withNodes(shared))[0]?.remediation).toEqual({ docs: net21.docs });
    const forbids = {
      ...nodes,
      subnets: { 'subnet-a': { via: 'igw', ...maps } as const },
      workers: { launchTemplate },
      LaunchTemplateVersions: [template(2, false)],
    };
    expect(judge(net21, withNodes(forbids))[0]?.remediation).toEqual({ docs: net21.docs });
    const neither = { ...forbids, subnets: { 'subnet-a': { via: 'igw', ...mapsNot } as const } };
    expect(judge(net21, withNodes(neither))[0]?.remediation).toEqual({ docs: net21.docs });
  });

  test('groups that were not read are unknown', () => {
    const judged = judge(net21, { subnets: { 'subnet-a': { via: 'igw' } }, Clusters: [aCluster()] });
    expect(judged.map(({ missing }) => missing?.[0])).toEqual([
      'eks:DescribeNodegroup',
      'autoscaling:DescribeAutoScalingGroups',
    ]);
  });
});
