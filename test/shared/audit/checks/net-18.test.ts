import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { net18 } from '../../../../shared/audit/checks/net-18.ts';
import type { VpcEndpoint } from '../../../../shared/audit/network/ec2-shapes.ts';
import { aSnapshot, contextOf, judge, type SubnetLine } from '../network/builders.ts';
import { aCluster, cni, type Nodes, withNodes } from '../network/node-builders.ts';

const needed = ['ec2', 'ecr.api', 'ecr.dkr', 's3', 'sts', 'eks'];
const quiet = { deployments: { items: [] }, ...cni('v1.20.0') };
const privately = {
  in: ['subnet-a'],
  config: {
    vpcId: 'vpc-1',
    subnetIds: ['subnet-a'],
    endpointPrivateAccess: true,
    clusterSecurityGroupId: 'sg-cluster',
  },
};
const SecurityGroups = [
  {
    GroupId: 'sg-vpce',
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }],
  },
  { GroupId: 'sg-closed', IpPermissions: [] },
];

function endpoint(service: string, rest: Partial<VpcEndpoint> = {}): VpcEndpoint {
  const own = {
    VpcEndpointId: `vpce-${service}`,
    VpcId: 'vpc-1',
    ServiceName: `com.amazonaws.eu-west-1.${service}`,
    State: 'available',
  };
  if (service === 's3') return { ...own, VpcEndpointType: 'Gateway', RouteTableIds: ['rtb-subnet-a'], ...rest };
  return {
    ...own,
    VpcEndpointType: 'Interface',
    SubnetIds: ['subnet-a'],
    Groups: [{ GroupId: 'sg-vpce' }],
    PrivateDnsEnabled: true,
    ...rest,
  };
}
const endpoints = (...services: string[]) => services.map((service) => endpoint(service));
const allBut = (service: string, rest: Partial<VpcEndpoint>) =>
  needed.map((each) => endpoint(each, each === service ? rest : {}));

function lines(line: Nodes, subnet: SubnetLine = {}): Nodes {
  return {
    subnets: { 'subnet-a': subnet },
    workersIn: ['subnet-a'],
    cluster: privately,
    objects: quiet,
    SecurityGroups,
    ...line,
  };
}
const one = (line: Nodes, subnet: SubnetLine = {}) => judge(net18, withNodes(lines(line, subnet)))[0];
const cutOff = (line: Nodes) => one(line, { via: 'nowhere' });

describe('NET-18: nodes have a way out', () => {
  const subnets = { 'subnet-nat': { via: 'igw' }, 'subnet-a': {} } as const;
  test('by a NAT gateway that has one itself', () => {
    expect(one({ subnets })).toMatchObject({ status: 'PASS', matter: 'nodegroup workers' });
  });

  test.each<[string, Nodes, SubnetLine, string]>([
    ['an internet gateway and public addresses', {}, { via: 'igw', MapPublicIpOnLaunch: true }, 'PASS'],
    ['an internet gateway without them', { VpcEndpoints: [] }, { via: 'igw', MapPublicIpOnLaunch: false }, 'FAIL'],
    ['an internet gateway, and it is not known', {}, { via: 'igw' }, 'UNKNOWN'],
    ['a NAT gateway that is none of those read', { NatGateways: [] }, {}, 'UNKNOWN'],
    [
      'a NAT gateway that is gone',
      { NatGateways: [{ NatGatewayId: 'nat-1', VpcId: 'vpc-1', State: 'deleted' }] },
      {},
      'FAIL',
    ],
    ['a public NAT gateway in a private subnet', {}, {}, 'FAIL'],
    ['a transit gateway', {}, { via: 'tgw' }, 'WARN'],
    ['routes that are not to be seen', {}, { via: 'unseen' }, 'UNKNOWN'],
  ])('%s: %o', (_, line, subnet, status) => expect(one(line, subnet)?.status).toBe(status));

  test('Fargate pods have no public addresses', () => {
    const subnet = { via: 'igw', MapPublicIpOnLaunch: true } as const;
    const judged = judge(net18, withNodes({ ...lines({ VpcEndpoints: [], jobsIn: ['subnet-a'] }, subnet) }));
    expect(judged.map(({ status, matter }) => `${status} ${matter}`)).toEqual([
      'PASS nodegroup workers',
      'FAIL fargate jobs',
    ]);
  });

  test('pods go out by themselves only without translation', () => {
    const own = (env: Record<string, string>) =>
      judge(
        net18,
        withNodes(
          lines(
            { objects: { ...quiet, ...cni('v1.20.0', env) }, VpcEndpoints: [] },
            { via: 'igw', MapPublicIpOnLaunch: true },
          ),
        ),
      );
    expect(own({}).map(({ matter }) => matter)).toEqual(['nodegroup workers']);
    expect(own({ AWS_VPC_K8S_CNI_EXTERNALSNAT: 'true' })).toMatchObject([
      { status: 'PASS' },
      { status: 'FAIL', matter: 'pods' },
    ]);
  });

  test.each<[string, Partial<Nodes>, string, string]>([
    ['all endpoints', { VpcEndpoints: endpoints(...needed) }, 'PASS', 'endpoints for all that nodes call'],
    [
      'none',
      { VpcEndpoints: [] },
      'FAIL',
      'no endpoint for ec2; no endpoint for ecr.api; no endpoint for ecr.dkr; no endpoint for s3; no endpoint for sts; no endpoint for eks',
    ],
    ['all but one', { VpcEndpoints: endpoints(...needed.slice(0, 5)) }, 'FAIL', 'no endpoint for eks'],
    [
      "another region's",
      { VpcEndpoints: allBut('sts', { ServiceName: 'com.amazonaws.us-east-1.sts' }) },
      'FAIL',
      'no endpoint for sts',
    ],
    [
      'one that is pending',
      { VpcEndpoints: allBut('sts', { State: 'pending' }) },
      'FAIL',
      'vpce-sts for sts is pending',
    ],
    ['one in other letters', { VpcEndpoints: allBut('sts', { State: 'Available' }) }, 'PASS', ''],
    ['private DNS off', { VpcEndpoints: allBut('eks', { PrivateDnsEnabled: false }) }, 'FAIL', 'private DNS'],
    [
      'closed to nodes',
      { VpcEndpoints: allBut('eks', { Groups: [{ GroupId: 'sg-closed' }] }) },
      'FAIL',
      'do not let 10.0.0.0/24 in',
    ],
    [
      'groups not read',
      { VpcEndpoints: allBut('eks', { Groups: [{ GroupId: 'sg-unread' }] }) },
      'UNKNOWN',
      'sg-unread',
    ],
    ['in another zone', { VpcEndpoints: allBut('eks', { SubnetIds: [] }) }, 'WARN', 'in no subnet of eu-west-1a'],
    [
      "not in the subnet's table",
      { VpcEndpoints: allBut('s3', { RouteTableIds: ['rtb-2'] }) },
      'FAIL',
      'not in rtb-subnet-a',
    ],
    [
      'S3 by an interface',
      {
        VpcEndpoints: allBut('s3', {
          VpcEndpointType: 'Interface',
          Groups: [{ GroupId: 'sg-vpce' }],
          PrivateDnsEnabled: true,
          SubnetIds: ['subnet-a'],
        }),
      },
      'PASS',
      '',
    ],
    [
      'no private endpoint of the cluster',
      { VpcEndpoints: endpoints(...needed), cluster: { in: ['subnet-a'] } },
      'FAIL',
      'no private endpoint',
    ],
    [
      'Pod Identity without its endpoint',
      { VpcEndpoints: endpoints(...needed), Addons: [{ addonName: 'eks-pod-identity-agent', clusterName: 'demo' }] },
      'FAIL',
      'no endpoint for eks-auth',
    ],
    [
      'Pod Identity with it',
      {
        VpcEndpoints: endpoints(...needed, 'eks-auth'),
        Addons: [{ addonName: 'eks-pod-identity-agent', clusterName: 'demo' }],
      },
      'PASS',
      '',
    ],
    [
      'the Load Balancer Controller',
      { VpcEndpoints: endpoints(...needed), controller: 'v2.13.0' },
      'FAIL',
      'no endpoint for elasticloadbalancing',
    ],
    [
      'what runs is not known',
      { VpcEndpoints: endpoints(...needed), objects: {} },
      'WARN',
      'no endpoint for eks-auth; no endpoint for logs; no endpoint for elasticloadbalancing; no endpoint for autoscaling',
    ],
  ])('without a way out: %s', (_, line, status, text) => {
    const { deployments: __, ...rest } = quiet;
    const objects = line.controller ? { objects: rest } : {};
    expect(cutOff({ ...line, ...objects } as Nodes)).toMatchObject({ status, text: expect.stringContaining(text) });
  });

  test('endpoints that were not read, or that are of the account that shares the subnet, are unknown', () => {
    expect(cutOff({})).toMatchObject({ status: 'UNKNOWN', missing: ['ec2:DescribeVpcEndpoints'] });
    expect(one({ VpcEndpoints: [] }, { via: 'nowhere', OwnerId: '999999999999' })?.status).toBe('UNKNOWN');
  });

  test('nodes whose security groups are not known may be let in by a group', () => {
    const VpcEndpoints = allBut('eks', { Groups: [{ GroupId: 'sg-closed' }] });
    const judged = judge(
      net18,
      withNodes({ ...lines({ VpcEndpoints }, { via: 'nowhere' }), workersIn: [], ownIn: ['subnet-a'] }),
    );
    expect(judged[0]).toMatchObject({ status: 'UNKNOWN', text: expect.stringContaining("the nodes' own groups") });
  });

  test('the remedy makes the gateway for S3 in the table and the rest with private DNS, one after the other', () => {
    const { remediation } = cutOff({ VpcEndpoints: endpoints('ec2', 'ecr.api', 'ecr.dkr', 'sts') }) ?? {};
    const script = `aws() { echo "$*"; }; ${remediation?.command}`;
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trim().split('\n')).toEqual([
      'ec2 create-vpc-endpoint --vpc-id vpc-1 --vpc-endpoint-type Gateway --service-name com.amazonaws.eu-west-1.s3 --route-table-ids rtb-subnet-a --region eu-west-1',
      'ec2 create-vpc-endpoint --vpc-id vpc-1 --vpc-endpoint-type Interface --service-name com.amazonaws.eu-west-1.eks --subnet-ids subnet-a --security-group-ids sg-cluster --private-dns-enabled --region eu-west-1',
    ]);
  });

  test('no nodes are nothing to judge, and groups that were not read are unknown', () => {
    expect(judge(net18, withNodes({ subnets }))).toEqual([]);
    expect(judge(net18, { subnets, Clusters: [aCluster()] }).map(({ status }) => status)).toEqual([
      'UNKNOWN',
      'UNKNOWN',
      'UNKNOWN',
    ]);
    const { Subnets: _, ...snapshot } = aSnapshot();
    expect(net18.judge(contextOf(snapshot))).toMatchObject([{ status: 'UNKNOWN', missing: ['ec2:DescribeSubnets'] }]);
  });
});
