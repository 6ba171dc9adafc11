import { describe, expect, test } from 'vitest';
import { net02 } from '../../../../shared/audit/checks/net-02.ts';
import type { Route } from '../../../../shared/audit/network/ec2-shapes.ts';
import { anIngress, aService, elb, judge, type SubnetLine, verdicts, via } from '../network/builders.ts';

const v6 = (target: Partial<Route>): Route => ({ DestinationIpv6CidrBlock: '::/0', State: 'active', ...target });
const v4 = (target: Partial<Route>): Route => ({ DestinationCidrBlock: '0.0.0.0/0', State: 'active', ...target });
const igw6 = v6({ GatewayId: 'igw-1' });
const half = (DestinationCidrBlock: string, State = 'active'): Route => ({
  DestinationCidrBlock,
  GatewayId: 'igw-1',
  State,
});
const bpa = (InternetGatewayBlockMode: string) => ({ BlockPublicAccessStates: { InternetGatewayBlockMode } });

describe('NET-02: a subnet for internet-facing load balancers is internet-reachable', () => {
  test.each<[string, SubnetLine, string[]]>([
    ['an internet gateway', { via: 'igw' }, ['PASS']],
    ['both halves through it', { via: [half('0.0.0.0/1'), half('128.0.0.0/1')] }, ['PASS']],
    ['one half through it', { via: [half('0.0.0.0/1')] }, ['WARN']],
    ['one half of it dead', { via: [half('0.0.0.0/1'), half('128.0.0.0/1', 'blackhole')] }, ['WARN']],
    ['IPv6 only, through it', { via: [igw6], Ipv6Native: true }, ['PASS']],
    ['IPv6 only, out only', { via: [v6({ EgressOnlyInternetGatewayId: 'eigw-1' })], Ipv6Native: true }, ['FAIL']],
    ['a NAT gateway', { via: 'nat' }, ['FAIL']],
    ['a transit gateway', { via: 'tgw' }, ['FAIL']],
    ['a virtual private gateway', { via: [v4({ GatewayId: 'vgw-1' })] }, ['FAIL']],
    ['no default route', { via: 'nowhere' }, ['FAIL']],
    ['an egress-only gateway', { via: [v6({ EgressOnlyInternetGatewayId: 'eigw-1' })] }, ['FAIL']],
    ['a gateway that is gone', { via: [v4({ GatewayId: 'igw-1', State: 'blackhole' })] }, ['FAIL']],
    ['one prefix only', { via: [half('203.0.113.0/24')] }, ['WARN']],
    ['one prefix beside NAT', { via: [...via.nat, half('203.0.113.0/24')] }, ['WARN']],
    ['a firewall endpoint', { via: [v4({ GatewayId: 'vpce-1' })] }, ['WARN']],
    ['blocked both ways', { via: 'igw', ...bpa('block-bidirectional') }, ['FAIL']],
    ['blocked inwards', { via: 'igw', ...bpa('block-ingress') }, ['FAIL']],
    ['routes that are not to be seen', { via: 'unseen' }, ['UNKNOWN']],
    ['a value that nothing finds', { via: 'nat', tags: { 'kubernetes.io/role/elb': 'true' } }, []],
    ['an empty value', { via: 'igw', tags: { 'kubernetes.io/role/elb': '' } }, ['PASS']],
    ['no tag', { via: 'nat', tags: {} }, []],
  ])('%s', (_, line, wanted) => {
    expect(verdicts(net02, { subnets: { 'subnet-a': { tags: elb, ...line } } })).toEqual(wanted);
  });

  const bySix = { subnets: { 'subnet-a': { tags: elb, via: [...via.nat, igw6] } } };
  const scheme = { 'alb.ingress.kubernetes.io/scheme': 'internet-facing' };
  const noV4 = { ...scheme, 'alb.ingress.kubernetes.io/ip-address-type': 'dualstack-without-public-ipv4' };
  const none = { items: [] };
  test.each([
    ['nothing can be read in the cluster', undefined, 'UNKNOWN'],
    ['no load balancer is internet-facing', { services: none, ingresses: { items: [anIngress('web')] } }, 'FAIL'],
    ['all do without public IPv4', { services: none, ingresses: { items: [anIngress('web', noV4)] } }, 'PASS'],
    [
      'one needs IPv4',
      { services: none, ingresses: { items: [anIngress('a', noV4), anIngress('b', scheme)] } },
      'FAIL',
    ],
    ['one needs IPv4 and the rest is unread', { ingresses: { items: [anIngress('b', scheme)] } }, 'FAIL'],
    ['all that was read does without', { ingresses: { items: [anIngress('a', noV4)] } }, 'UNKNOWN'],
    [
      'a Service needs IPv4',
      {
        services: {
          items: [
            aService(
              's',
              { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' },
              'service.k8s.aws/nlb',
            ),
          ],
        },
        ingresses: none,
      },
      'FAIL',
    ],
  ] as const)('with only IPv6 to the internet: %s', (_, objects, status) => {
    expect(verdicts(net02, { ...bySix, ...(objects && { objects }) })).toEqual([status]);
  });

  test('a finding carries the routes and the command that takes the tag away', () => {
    expect(judge(net02, { subnets: { 'subnet-a': { tags: elb, via: 'nat' } } })).toMatchObject([
      {
        text: 'subnet-a is tagged kubernetes.io/role/elb, but the internet does not reach it: 0.0.0.0/0 through NAT gateway nat-1',
        evidence: { routeTable: 'rtb-subnet-a', routes: ['10.0.0.0/16 local active', '0.0.0.0/0 nat-1 active'] },
        remediation: {
          command: 'aws ec2 delete-tags --resources subnet-a --tags Key=kubernetes.io/role/elb --region eu-west-1',
        },
      },
    ]);
  });
});
