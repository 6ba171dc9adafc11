import { describe, expect, test } from 'vitest';
import { net24 } from '../../../../shared/audit/checks/net-24.ts';
import { judge } from '../network/builders.ts';
import { aCluster, cni, type Nodes, types, withNodes } from '../network/node-builders.ts';

const plain = cni('v1.17.0');
const scalingConfig = { minSize: 0, maxSize: 2, desiredSize: 2 };

function lines({ free = 250, ...rest }: Nodes & { free?: number } = {}): Nodes {
  const subnets = { 'subnet-a': { free } };
  return {
    subnets,
    workersIn: ['subnet-a'],
    workers: { scalingConfig },
    objects: plain,
    InstanceTypes: types,
    ...rest,
  };
}
const all = (line: Nodes & { free?: number }) =>
  judge(net24, withNodes(lines(line))).map(({ status, matter }) => `${status} ${matter}`);

describe('NET-24: subnets have addresses for more nodes', () => {
  test.each([
    [19, 'FAIL'],
    [20, 'WARN'],
    [39, 'WARN'],
    [50, 'WARN'],
    [51, 'PASS'],
  ])('%d free of 251, a node of m5.large takes 20 and an update two: %s', (free, status) => {
    expect(all({ free })).toEqual([`${status} pods`]);
  });

  test.each([
    [99, 'WARN'],
    [100, 'PASS'],
  ])('%d free, five more nodes take 100: %s', (free, status) => {
    expect(all({ free, workers: { scalingConfig: { ...scalingConfig, maxSize: 7 } } })).toEqual([`${status} pods`]);
  });

  test.each([
    [{ maxUnavailable: 4 }, 79, 'WARN'],
    [{ maxUnavailable: 4 }, 80, 'PASS'],
    [{ maxUnavailablePercentage: 50 }, 99, 'WARN'],
    [{ maxUnavailablePercentage: 50 }, 100, 'PASS'],
  ])('an update of %o with %d free: %s', (updateConfig, free, status) => {
    const workers = { scalingConfig: { maxSize: 10, desiredSize: 10 }, updateConfig };
    expect(all({ free, workers })).toEqual([`${status} pods`]);
  });

  test.each([
    ['targets of addresses take less', cni('v1.17.0', { WARM_IP_TARGET: '2', MINIMUM_IP_TARGET: '5' }), 5, 'FAIL'],
    ['targets of addresses take less', cni('v1.17.0', { WARM_IP_TARGET: '2', MINIMUM_IP_TARGET: '5' }), 6, 'WARN'],
    ['warm interfaces take more', cni('v1.17.0', { WARM_ENI_TARGET: '2' }), 29, 'FAIL'],
    ['prefixes take 16', cni('v1.17.0', { ENABLE_PREFIX_DELEGATION: 'true' }), 16, 'FAIL'],
    ['prefixes take 16', cni('v1.17.0', { ENABLE_PREFIX_DELEGATION: 'true' }), 17, 'WARN'],
  ])('%s', (_, objects, free, status) => expect(all({ objects, free })).toEqual([`${status} pods`]));

  test('the type that takes most counts, and a self-managed group shares its growth out', () => {
    const Overrides = ['m5.large', 'm5.xlarge'].map((InstanceType) => ({ InstanceType }));
    const big = {
      InstanceType: 'm5.xlarge',
      Hypervisor: 'nitro',
      NetworkInfo: { MaximumNetworkInterfaces: 4, Ipv4AddressesPerInterface: 15 },
    };
    const own = {
      MaxSize: 7,
      DesiredCapacity: 4,
      Instances: [{ InstanceType: 'm5.large' }],
      MixedInstancesPolicy: { LaunchTemplate: { Overrides } },
    };
    const subnets = { 'subnet-a': {}, 'subnet-b': { zone: 'b' } };
    const judged = judge(
      net24,
      withNodes(
        lines({ subnets, workersIn: [], ownIn: ['subnet-a', 'subnet-b'], own, InstanceTypes: [...types, big] }),
      ),
    );
    expect(judged).toMatchObject([
      { evidence: { perNode: 30, growthTakes: 90 } },
      { evidence: { perNode: 30, growthTakes: 90 } },
    ]);
  });

  test("pods' addresses may come from subnets that are tagged for the CNI in the same zone", () => {
    const subnets = {
      'subnet-a': { free: 10 },
      'subnet-p': { tags: { 'kubernetes.io/role/cni': '1' } },
      'subnet-b': { zone: 'b', tags: { 'kubernetes.io/role/cni': '1' } },
    };
    expect(judge(net24, withNodes(lines({ subnets, objects: cni('v1.18.0') })))).toMatchObject([
      { status: 'PASS', evidence: { free: 260, subnets: ['subnet-p', 'subnet-a'] } },
    ]);
    expect(all({ subnets })).toEqual(['FAIL pods']);
    expect(all({ subnets, objects: cni('latest') })).toEqual(['UNKNOWN pods']);
  });

  test("with custom networking the nodes' subnet and the pods' are judged each for itself", () => {
    const subnets = { 'subnet-a': { free: 1, CidrBlock: '10.0.0.0/28' }, 'subnet-p': { free: 9 } };
    const daemonsets = cni('v1.18.0', { AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true' });
    const eniconfigs = { items: [{ metadata: { name: 'eu-west-1a' }, spec: { subnet: 'subnet-p' } }] };
    expect(all({ subnets, objects: { ...daemonsets, eniconfigs } })).toEqual(['WARN nodes', 'FAIL pods']);
    expect(judge(net24, withNodes(lines({ subnets, objects: daemonsets })))).toMatchObject([
      { status: 'UNKNOWN', missing: ['list eniconfigs.crd.k8s.amazonaws.com'] },
    ]);
  });

  test('an IPv6 node takes one IPv4 address', () => {
    const cluster = { kubernetesNetworkConfig: { ipFamily: 'ipv6' } };
    expect(judge(net24, withNodes(lines({ cluster })))).toMatchObject([{ status: 'PASS', evidence: { perNode: 1 } }]);
  });

  test.each<[string, Nodes, string[]]>([
    ['no CNI', { objects: { daemonsets: { items: [] } } }, ['NOT_APPLICABLE undefined']],
    ['the CNI was not read', { objects: {} }, ['UNKNOWN undefined']],
    [
      'the add-on tells in its stead',
      {
        objects: {},
        Addons: [
          {
            addonName: 'vpc-cni',
            clusterName: 'demo',
            addonVersion: 'v1.17.1-eksbuild.1',
            configurationValues: '{"env":{"WARM_ENI_TARGET":"0"}}',
          },
        ],
      },
      ['PASS pods'],
    ],
    [
      'its values are YAML',
      { objects: {}, Addons: [{ addonName: 'vpc-cni', clusterName: 'demo', configurationValues: 'env:\n  A: b' }] },
      ['UNKNOWN undefined'],
    ],
    ['the type was not read', { InstanceTypes: [] }, ['UNKNOWN nodegroup workers']],
    [
      'the launch template was not read',
      { workers: { instanceTypes: [], scalingConfig } },
      ['UNKNOWN nodegroup workers'],
    ],
    ['no nodes', { workersIn: [], Nodegroups: [] }, []],
  ])('%s', (_, line, wanted) => expect(all(line)).toEqual(wanted));

  test('groups that were not read are unknown', () => {
    const judged = judge(net24, { Clusters: [aCluster()], objects: plain });
    expect(judged.map(({ missing }) => missing?.[0])).toEqual([
      'eks:DescribeNodegroup',
      'autoscaling:DescribeAutoScalingGroups',
    ]);
  });

  test("the remedy adds a block of the shared address space that the VPC does not have, and not to another account's", () => {
    const vpc = { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16', CidrBlockAssociationSet: [{ CidrBlock: '100.64.0.0/15' }] };
    const remedy = (Vpcs: (typeof vpc)[]) => judge(net24, withNodes(lines({ free: 1, Vpcs })))[0]?.remediation?.command;
    expect(remedy([vpc])).toBe(
      'aws ec2 associate-vpc-cidr-block --vpc-id vpc-1 --cidr-block 100.66.0.0/16 --region eu-west-1',
    );
    expect(remedy([{ ...vpc, OwnerId: '999999999999' } as typeof vpc])).toBeUndefined();
  });
});
