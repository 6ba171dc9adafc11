import { describe, expect, test } from 'vitest';
import { net06 } from '../../../../shared/audit/checks/net-06.ts';
import {
  anIngress,
  aSnapshot,
  contextOf,
  elb,
  internalElb,
  judge,
  type SnapshotLines,
  verdicts,
} from '../network/builders.ts';

const a = { zone: 'a', via: 'igw', tags: elb } as const;
const b = { ...a, zone: 'b' };
const plain = { a: { zone: 'a', via: 'igw' }, b: { zone: 'b', via: 'igw' } } as const;
const others = { ...elb, 'kubernetes.io/cluster/other': 'owned' };
const none = { items: [] };

/** What becomes of an Application and of a Network Load Balancer. */
describe('NET-06: internet-facing load balancers find subnets', () => {
  test.each<[string, SnapshotLines, string[]]>([
    ['two tagged zones', { controller: 'v2.8.0', subnets: { a, b } }, ['PASS', 'PASS']],
    ['one tagged zone', { controller: 'v2.8.0', subnets: { a } }, ['FAIL', 'PASS']],
    [
      'one zone, single subnets allowed',
      { controller: 'v2.8.0', flags: ['--feature-gates=ALBSingleSubnet=true'], subnets: { a } },
      ['PASS', 'PASS'],
    ],
    ['one Local Zone', { controller: 'v2.8.0', subnets: { a: { ...a, zone: 'lax' } } }, ['PASS', 'PASS']],
    [
      'one Outpost',
      { controller: 'v2.8.0', subnets: { a: { ...a, OutpostArn: 'arn:aws:outposts:x' } } },
      ['PASS', 'PASS'],
    ],
    ['two in one zone', { controller: 'v2.8.0', subnets: { a, b: a } }, ['FAIL', 'PASS']],
    ['no tag before 2.12.1', { controller: 'v2.12.0', subnets: plain }, ['FAIL', 'FAIL']],
    ['no tag since 2.12.1', { controller: 'v2.12.1', subnets: plain }, ['WARN', 'WARN']],
    [
      'no tag, fallback off',
      { controller: 'v2.13.0', flags: ['--feature-gates=SubnetDiscoveryByReachability=false'], subnets: plain },
      ['FAIL', 'FAIL'],
    ],
    ['one tag and more by routes: no fallback', { controller: 'v2.12.1', subnets: { ...plain, a } }, ['FAIL', 'PASS']],
    ['no tag and all private', { controller: 'v2.12.1', subnets: { a: {}, b: { zone: 'b' } } }, ['FAIL', 'FAIL']],
    ['7 free addresses', { controller: 'v2.8.0', subnets: { a: { ...a, free: 7 }, b } }, ['FAIL', 'PASS']],
    ['8 free addresses', { controller: 'v2.8.0', subnets: { a: { ...a, free: 8 }, b } }, ['PASS', 'PASS']],
    ["others' tags", { controller: 'v2.8.0', subnets: { a: { ...a, tags: others }, b } }, ['FAIL', 'PASS']],
    [
      "others' tags, not minded",
      {
        controller: 'v2.8.0',
        flags: ['--feature-gates=SubnetsClusterTagCheck=false'],
        subnets: { a: { ...a, tags: others }, b },
      },
      ['PASS', 'PASS'],
    ],
    ['a zone and a Local Zone', { controller: 'v2.8.0', subnets: { a, b: { ...a, zone: 'lax' } } }, ['FAIL', 'FAIL']],
    ['no own tags in 2.1.1', { controller: 'v2.1.1', subnets: { a, b } }, ['FAIL', 'FAIL']],
    ['no own tags in 2.1.2', { controller: 'v2.1.2', subnets: { a, b } }, ['PASS', 'PASS']],
    ['an unknown version that does not matter', { controller: 'latest', subnets: { a, b } }, ['PASS', 'PASS']],
    ['an unknown version that does', { controller: 'latest', subnets: plain }, ['UNKNOWN', 'UNKNOWN']],
    ['an unread cluster, tagged', { subnets: { a, b } }, ['PASS', 'PASS']],
    [
      'an unread cluster, tagged, from before Kubernetes 1.22',
      { kubernetesVersion: '1.21', subnets: { a, b } },
      ['UNKNOWN', 'UNKNOWN'],
    ],
    ['an unread cluster, not tagged', { subnets: plain }, ['UNKNOWN', 'UNKNOWN']],
    ['no controller', { controller: null, subnets: { a, b } }, ['NOT_APPLICABLE']],
    [
      'zones that were not read',
      { controller: 'v2.8.0', subnets: { a, b }, AvailabilityZones: [] },
      ['UNKNOWN', 'UNKNOWN'],
    ],
    [
      'a table out of sight, as routes decide',
      { controller: 'v2.12.1', subnets: { ...plain, c: { via: 'unseen' } } },
      ['UNKNOWN', 'UNKNOWN'],
    ],
    [
      'a table out of sight, as tags decide',
      { controller: 'v2.12.1', subnets: { a, b, c: { via: 'unseen' } } },
      ['PASS', 'PASS'],
    ],
    [
      'a VPC that no internet gateway is attached to, for nobody',
      { controller: 'v2.12.1', subnets: { a: {} }, InternetGateways: [], objects: { services: none, ingresses: none } },
      ['NOT_APPLICABLE'],
    ],
    [
      'the same with a gateway',
      { controller: 'v2.12.1', subnets: { a: {} }, objects: { services: none, ingresses: none } },
      ['FAIL', 'FAIL'],
    ],
    [
      'the same, and who wants one is not known',
      { controller: 'v2.12.1', subnets: { a: {} }, InternetGateways: [] },
      ['FAIL', 'FAIL'],
    ],
  ])('%s', (_, lines, wanted) => {
    expect(verdicts(net06, lines)).toEqual(wanted);
  });

  test.each([
    ['v2.4.0', {}, 'unable to discover at least one subnet'],
    ['v2.12.0', {}, 'unable to resolve at least one subnet (0 match VPC and tags: [kubernetes.io/role/elb])'],
    [
      'v2.5.0',
      { a: { ...a, tags: others } },
      'unable to resolve at least one subnet (1 match VPC and tags: [kubernetes.io/role/elb], 1 tagged for other cluster)',
    ],
    [
      'v2.12.1',
      { a: { ...a, tags: others }, b: { ...b, free: 3 } },
      'unable to resolve at least one subnet. Evaluated 2 subnets: 1 are tagged for other clusters, and 1 have insufficient available IP addresses',
    ],
    ['v2.12.1', { a }, 'subnets count less than minimal required count: 1 < 2'],
    ['v2.12.1', { a, b: { ...a, zone: 'lax' } }, 'subnets in multiple locales: [availability-zone local-zone]'],
  ])('%s fails in its own words', (controller, subnets, error) => {
    const [alb] = judge(net06, { controller, subnets });
    expect(alb?.text).toBe(`an internet-facing Application Load Balancer would fail: ${error}`);
  });

  describe('a dual-stack load balancer', () => {
    const wants = {
      'alb.ingress.kubernetes.io/scheme': 'internet-facing',
      'alb.ingress.kubernetes.io/ip-address-type': 'dualstack',
    };
    const objects = { services: none, ingresses: { items: [anIngress('web', wants)] } };
    const six = { ...a, ipv6: true };
    test.each<[string, string, SnapshotLines['subnets'] & {}, string]>([
      ['is well with IPv6 in both zones', 'v2.8.0', { a: six, b: { ...six, zone: 'b' } }, 'PASS'],
      ['fails by the API before 3.5.0', 'v3.4.9', { a: six, b }, 'FAIL'],
      ['fails for too few since 3.5.0', 'v3.5.0', { a: six, b }, 'FAIL'],
      [
        'passes the subnet without IPv6 over since 3.5.0',
        'v3.5.0',
        { a, b: { ...six, zone: 'b' }, c: { ...six, zone: 'c' } },
        'PASS',
      ],
      ['picks it before', 'v3.4.9', { a, b: { ...six, zone: 'b' }, c: { ...six, zone: 'c' } }, 'FAIL'],
      [
        'does not count what is still associating',
        'v3.5.0',
        {
          a: { ...a, Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlockState: { State: 'associating' } }] },
          b: { ...six, zone: 'b' },
        },
        'FAIL',
      ],
    ])('%s', (_, controller, subnets, status) => {
      const judged = judge(net06, { controller, subnets, objects });
      expect(judged.find(({ matter }) => matter === 'alb dualstack')?.status).toBe(status);
    });

    test('is judged only where one is asked for', () => {
      expect(judge(net06, { controller: 'v3.5.0', subnets: { a, b } }).map(({ matter }) => matter)).toEqual([
        'alb',
        'nlb',
      ]);
    });
  });

  test('an object that names its subnets is not judged by discovery', () => {
    const wants = {
      'alb.ingress.kubernetes.io/scheme': 'internet-facing',
      'alb.ingress.kubernetes.io/subnets': 'subnet-a,subnet-b',
    };
    const judged = judge(net06, { controller: 'v2.8.0', objects: { ingresses: { items: [anIngress('web', wants)] } } });
    expect(judged.at(-1)).toMatchObject({ status: 'NOT_APPLICABLE', matter: 'ingress/shop/web' });
  });

  test('the remedy tags one fit subnet in each zone that has none', () => {
    const c = { ...plain.b, zone: 'c' } as const;
    const unfit = {
      c1: { zone: 'c' },
      c2: { ...c, free: 7 },
      c3: { ...c, tags: internalElb },
      c4: { ...plain.b, zone: 'lax' },
    };
    const foreign = { c5: { ...c, tags: { 'kubernetes.io/cluster/other': 'owned' } } };
    const subnets = { a, b1: plain.b, b2: plain.b, ...unfit, ...foreign };
    const [alb] = judge(net06, { controller: 'v2.8.0', subnets });
    expect(alb?.remediation?.command).toBe(
      'aws ec2 create-tags --resources b1 --tags Key=kubernetes.io/role/elb,Value=1 --region eu-west-1',
    );
  });

  test('where routes decide, the remedy tags what they chose', () => {
    const [alb] = judge(net06, { controller: 'v2.12.1', subnets: plain });
    expect(alb?.remediation?.command).toContain(
      'create-tags --resources a b --tags Key=kubernetes.io/role/elb,Value=1',
    );
  });

  test('the remedy for a dual-stack one tags subnets with IPv6', () => {
    const wants = {
      'alb.ingress.kubernetes.io/scheme': 'internet-facing',
      'alb.ingress.kubernetes.io/ip-address-type': 'dualstack',
    };
    const subnets = { a: { ...a, ipv6: true }, b1: plain.b, b2: { ...plain.b, ipv6: true } };
    const judged = judge(net06, {
      controller: 'v3.5.0',
      subnets,
      objects: { ingresses: { items: [anIngress('web', wants)] } },
    });
    const command = judged.find(({ matter }) => matter === 'alb dualstack')?.remediation?.command;
    expect(command).toContain('create-tags --resources b2 --tags');
  });

  test('there is no command where tags would not repair it', () => {
    const commandFor = (subnets: SnapshotLines['subnets'] & {}) =>
      judge(net06, { controller: 'v2.8.0', subnets })[0]?.remediation?.command;
    expect(commandFor({ a })).toBeUndefined();
    expect(commandFor({ a, l: { ...a, zone: 'lax' }, b: plain.b })).toBeUndefined();
    expect(commandFor({ a: plain.a })).toBeUndefined();
  });

  test("discovery goes by the cluster's name in the controller's flags", () => {
    const tags = { ...elb, 'kubernetes.io/cluster/blue': 'owned' };
    const subnets = { a: { ...a, tags }, b: { ...b, tags } };
    expect(verdicts(net06, { controller: 'v2.8.0', flags: ['--cluster-name', 'blue'], subnets })).toEqual([
      'PASS',
      'PASS',
    ]);
    expect(verdicts(net06, { controller: 'v2.8.0', subnets })).toEqual(['FAIL', 'FAIL']);
  });

  test('EKS Auto Mode goes by tags and never by routes', () => {
    const auto = {
      ...aSnapshot({ subnets: plain }).Clusters[0],
      name: 'demo',
      kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
    };
    expect(verdicts(net06, { subnets: plain, Clusters: [auto] })).toEqual(['FAIL', 'FAIL']);
    expect(verdicts(net06, { subnets: { a, b }, Clusters: [auto] })).toEqual(['PASS', 'PASS']);
  });

  test('subnets that were not read are unknown', () => {
    const { Subnets: _, ...snapshot } = aSnapshot({ controller: 'v2.8.0' });
    expect(net06.judge(contextOf(snapshot))).toMatchObject([{ status: 'UNKNOWN', missing: ['ec2:DescribeSubnets'] }]);
  });
});
