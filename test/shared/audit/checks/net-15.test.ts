import { describe, expect, test } from 'vitest';
import { net15 } from '../../../../shared/audit/checks/net-15.ts';
import { aSnapshot, aSubnet, contextOf, judge } from '../network/builders.ts';
import { aCluster, inZones, type Nodes, withNodes } from '../network/node-builders.ts';

const subnets = inZones({}, 'a', 'b');
const cluster = { in: ['subnet-a', 'subnet-b'] };

function all(line: Nodes): string[] {
  return judge(net15, withNodes({ subnets, cluster, ...line })).map(({ status, matter, resource }) =>
    [status, matter, resource.split('/')[1]].join(' '),
  );
}

describe('NET-15: subnets exist in the VPC of the cluster', () => {
  test('all that are named are there', () => {
    const judged = all({ workersIn: ['subnet-a'], ownIn: ['subnet-b'], jobsIn: ['subnet-b'] });
    expect(judged).toEqual([
      'PASS control plane subnet-a',
      'PASS control plane subnet-b',
      'PASS nodegroup workers subnet-a',
      'PASS group own subnet-b',
      'PASS fargate jobs subnet-b',
    ]);
  });

  test.each<[string, Nodes, string]>([
    ['the control plane', { cluster: { in: ['subnet-gone'] } }, 'FAIL control plane subnet-gone'],
    ['a node group', { workersIn: ['subnet-gone'] }, 'FAIL nodegroup workers subnet-gone'],
    ['an Auto Scaling group', { ownIn: ['subnet-gone'] }, 'FAIL group own subnet-gone'],
    ['a Fargate profile', { jobsIn: ['subnet-gone'] }, 'FAIL fargate jobs subnet-gone'],
  ])('%s names a subnet that is not there', (_, line, wanted) => expect(all(line)).toContain(wanted));

  test('a subnet of another VPC is named with it', () => {
    const Subnets = [aSubnet('subnet-a'), aSubnet('subnet-x', { VpcId: 'vpc-2' })];
    const judged = judge(net15, withNodes({ Subnets, cluster: { in: ['subnet-a'] }, ownIn: ['subnet-a', 'subnet-x'] }));
    expect(judged.at(-1)).toMatchObject({
      status: 'FAIL',
      text: 'subnet-x of the group own is in vpc-2, and the cluster in vpc-1',
      remediation: {
        command:
          'aws autoscaling update-auto-scaling-group --auto-scaling-group-name own --vpc-zone-identifier subnet-a --region eu-west-1',
      },
    });
  });

  test('what EKS itself does not find fails, even if EC2 does', () => {
    const health = {
      issues: [{ code: 'Ec2SubnetNotFound', message: 'gone', resourceIds: ['subnet-b', 'subnet-old'] }],
    };
    expect(all({ cluster: { ...cluster, health } })).toEqual([
      'PASS control plane subnet-a',
      'FAIL control plane subnet-b',
      'FAIL control plane subnet-old',
    ]);
    expect(
      all({
        workersIn: ['subnet-a'],
        workers: { health: { issues: [{ code: 'Ec2SubnetNotFound', resourceIds: ['subnet-a'] }] } },
      }),
    ).toContain('FAIL nodegroup workers subnet-a');
    const other = { issues: [{ code: 'InsufficientFreeAddresses', resourceIds: ['subnet-b'] }] };
    expect(all({ cluster: { ...cluster, health: other } })).not.toContain('FAIL control plane subnet-b');
  });

  test('in a VPC of another account a subnet that is not to be seen is unknown', () => {
    const Vpcs = [{ VpcId: 'vpc-1', OwnerId: '999999999999' }];
    expect(all({ Vpcs, cluster: { in: ['subnet-gone'] } })).toEqual(['UNKNOWN control plane subnet-gone']);
  });

  test('after a refused read nothing is said to be gone', () => {
    const denied = [{ action: 'ec2:DescribeSubnets', about: 'vpc-2', message: 'no' }];
    expect(all({ denied, cluster: { in: ['subnet-gone'] } })).toEqual(['UNKNOWN control plane subnet-gone']);
    const { Subnets: _, ...snapshot } = aSnapshot({ Clusters: [aCluster(cluster)] });
    expect(net15.judge(contextOf(snapshot))).toMatchObject([{ status: 'UNKNOWN', missing: ['ec2:DescribeSubnets'] }]);
  });

  test("a managed node group's own Auto Scaling group is not judged twice", () => {
    const Tags = [
      { Key: 'eks:cluster-name', Value: 'demo' },
      { Key: 'eks:nodegroup-name', Value: 'workers' },
    ];
    expect(all({ workersIn: ['subnet-a'], ownIn: ['subnet-gone'], own: { Tags } })).toHaveLength(3);
  });

  test('groups that were not read are unknown', () => {
    const judged = judge(net15, { subnets, Clusters: [aCluster(cluster)] });
    expect(judged.flatMap(({ missing = [] }) => missing)).toEqual([
      'eks:DescribeNodegroup',
      'autoscaling:DescribeAutoScalingGroups',
      'eks:DescribeFargateProfile',
    ]);
  });
});
