import { describe, expect, it } from 'vitest';
import { networkReport } from '../../../shared/audit/network-report.ts';
import { readSnapshot } from '../../../shared/audit-files/read-snapshot.ts';
import { hashing } from '../../../shared/audit-files/sha256.ts';

/** As the commands print them, with much that no check looks at. */
const printed = [
  { version: 1, region: 'eu-west-1', takenAt: '2026-11-21T08:00:00Z' },
  { account: '111122223333', partition: 'aws' },
  { clusters: ['demo'] },
  {
    Clusters: [
      {
        name: 'demo',
        arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/demo',
        createdAt: '2026-01-05T09:12:44.123000+00:00',
        version: '1.34',
        endpoint: 'https://0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com',
        resourcesVpcConfig: { subnetIds: ['subnet-1'], vpcId: 'vpc-1', controlPlaneEgressMode: 'x' },
        certificateAuthority: { data: 'LS0t' },
        health: { issues: [] },
      },
    ],
  },
  {
    Subnets: [
      {
        AvailabilityZoneId: 'euw1-az1',
        MapCustomerOwnedIpOnLaunch: false,
        OwnerId: '111122223333',
        AssignIpv6AddressOnCreation: false,
        Ipv6CidrBlockAssociationSet: [],
        Tags: [{ Key: 'kubernetes.io/role/elb', Value: 'yes' }],
        SubnetArn: 'arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1',
        PrivateDnsNameOptionsOnLaunch: { HostnameType: 'ip-name' },
        SubnetId: 'subnet-1',
        State: 'available',
        VpcId: 'vpc-1',
        CidrBlock: '10.0.0.0/24',
        AvailableIpAddressCount: 251,
        AvailabilityZone: 'eu-west-1a',
        DefaultForAz: false,
      },
    ],
    NextToken: null,
  },
  {
    kubernetes: {
      demo: {
        deployments: {
          apiVersion: 'v1',
          kind: 'List',
          metadata: { resourceVersion: '' },
          items: [
            {
              apiVersion: 'apps/v1',
              kind: 'Deployment',
              metadata: { name: 'coredns', namespace: 'kube-system', creationTimestamp: '2026-01-05T09:20:00Z' },
              spec: {
                replicas: 2,
                template: {
                  metadata: { creationTimestamp: null },
                  spec: { containers: [{ name: 'c', resources: {} }] },
                },
              },
              status: { conditions: [{ type: 'Available', status: 'True' }] },
            },
          ],
        },
      },
    },
  },
];

describe('a snapshot that is put together from what commands print', () => {
  const snapshot = readSnapshot(JSON.stringify(Object.assign({}, ...printed)), 'f');
  const { results, denied } = networkReport(snapshot, { startedAt: '2026-11-21T08:00:00.000Z' }, hashing);

  it('is judged like any other', () => {
    expect(results.filter(({ id }) => id === 'NET-05')).toMatchObject([
      { status: 'FAIL', resource: expect.stringContaining('subnet-1') },
    ]);
    expect(results.filter(({ id }) => id === 'NET-06')).toMatchObject([{ status: 'NOT_APPLICABLE' }]);
  });

  it('is UNKNOWN in what nobody asked for, and says what to ask', () => {
    expect(results.filter(({ id }) => id === 'NET-01')).toMatchObject([{ status: 'UNKNOWN' }]);
    expect(denied).toContainEqual({
      action: 'ec2:DescribeRouteTables',
      about: 'eu-west-1',
      message: 'not in the snapshot',
    });
  });

  it('keeps nothing that no check looks at', () => {
    expect(JSON.stringify(snapshot)).not.toMatch(/certificateAuthority|PrivateDnsName|NextToken|Available"/);
  });
});
