import { describe, expect, expectTypeOf, it } from 'vitest';
import type * as z from 'zod';
import type { NetworkSnapshot } from '../../../shared/audit/network/snapshot.ts';
import { readSnapshot, SnapshotError } from '../../../shared/audit-files/read-snapshot.ts';
import { computeLists } from '../../../shared/audit-files/snapshot-compute.ts';
import { networkLists } from '../../../shared/audit-files/snapshot-ec2.ts';
import { clusterLists } from '../../../shared/audit-files/snapshot-eks.ts';
import type { clusterObjects } from '../../../shared/audit-files/snapshot-kubernetes.ts';
import { writeSnapshot } from '../../../shared/audit-files/write-snapshot.ts';
import { aSnapshot, elb, lbc } from '../audit/network/builders.ts';

const network = () => aSnapshot({ subnets: { 'subnet-1': { tags: elb } }, controller: 'v2.14.0' });

/** Every key there may be, at every depth. */
type Keys<T> = T extends readonly (infer Item)[]
  ? Keys<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Keys<Exclude<T[Key], undefined>> }
    : T;
type Plain<T> = { [Name in keyof T]: T[Name] extends z.ZodType ? z.output<T[Name]> : never };
type Lists = Plain<typeof networkLists> & Plain<typeof clusterLists> & Plain<typeof computeLists>;

describe('the file of a snapshot', () => {
  it('is read as it was written', () => {
    const snapshot = network();
    expect(readSnapshot(writeSnapshot(snapshot), 'f')).toEqual(snapshot);
  });

  it('knows every field that checks may look at', () => {
    const known = { ...networkLists, ...clusterLists, ...computeLists };
    expect(Object.keys(known)).toHaveLength(21);
    expectTypeOf<Keys<Lists>>().toExtend<Keys<Omit<NetworkSnapshot, keyof Rest>>>();
    expectTypeOf<Keys<z.output<typeof clusterObjects>>>().toExtend<Keys<Kubernetes>>();
  });

  it('leaves out what no check looks at', () => {
    const text = writeSnapshot({
      ...network(),
      Clusters: [{ name: 'demo', certificateAuthority: { data: 'LEAK' }, roleArn: 'LEAK' } as never],
      LaunchTemplateVersions: [
        { LaunchTemplateId: 'lt-1', LaunchTemplateData: { InstanceType: 'm5.large', UserData: 'LEAK' } as never },
      ],
      Addons: [
        {
          ...{ addonName: 'vpc-cni', clusterName: 'demo' },
          configurationValues: 'env:\n  WARM_IP_TARGET: "2"\n  API_TOKEN: LEAK\nextra: LEAK\n',
        },
      ],
    });
    expect(text).not.toContain('LEAK');
    expect(JSON.parse(text)).toMatchObject({
      LaunchTemplateVersions: [{ LaunchTemplateData: { InstanceType: 'm5.large' } }],
      Addons: [{ configurationValues: '{"env":{"WARM_IP_TARGET":"2"}}' }],
    });
  });

  it('leaves out what may be a secret inside a cluster', () => {
    const env = [
      { name: 'WARM_IP_TARGET', value: '2' },
      { name: 'AWS_SECRET_ACCESS_KEY', value: 'LEAK' },
      { name: 'ENABLE_TOKEN', value: 'LEAK' },
      { name: 'FROM_ELSEWHERE' },
    ];
    const aws = { name: 'aws-node', image: 'cni:v1.20.0', env };
    const annotations = {
      'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
      'kubectl.kubernetes.io/last-applied-configuration': 'LEAK',
      'example.com/token': 'LEAK',
    };
    const deployment = lbc('v2.14.0', ['--feature-gates', 'ALBSingleSubnet=true', '--webhook-token=LEAK']);
    const text = writeSnapshot({
      ...network(),
      kubernetes: {
        demo: {
          deployments: { items: [deployment] },
          daemonsets: {
            items: [{ metadata: { name: 'aws-node' }, spec: { template: { spec: { containers: [aws] } } } }],
          },
          services: { items: [{ metadata: { name: 'web', annotations }, spec: { type: 'LoadBalancer' } }] },
        },
      },
    });
    expect(text).not.toContain('LEAK');
    const { kubernetes } = JSON.parse(text) as NetworkSnapshot;
    const containerOf = (kind: 'deployments' | 'daemonsets') =>
      kubernetes?.demo?.[kind]?.items[0]?.spec?.template?.spec?.containers?.[0];
    expect(containerOf('deployments')?.args).toEqual([
      '--cluster-name=demo',
      '--feature-gates',
      'ALBSingleSubnet=true',
    ]);
    expect(containerOf('daemonsets')?.env).toEqual([
      { name: 'WARM_IP_TARGET', value: '2' },
      ...[{ name: 'AWS_SECRET_ACCESS_KEY' }, { name: 'ENABLE_TOKEN' }, { name: 'FROM_ELSEWHERE' }],
    ]);
    expect(kubernetes?.demo?.services?.items[0]?.metadata.annotations).toEqual({
      'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
    });
  });
});

describe('the annotations of nodes', () => {
  const metadata = (annotations: Record<string, string>) => ({ metadata: { name: 'n', annotations } });
  it.each([
    [[], { 'k8s.amazonaws.com/eniConfig': 'a' }],
    [[{ name: 'ENI_CONFIG_ANNOTATION_DEF', value: 'own/eni' }], { 'k8s.amazonaws.com/eniConfig': 'a', 'own/eni': 'b' }],
  ])('stay that name an ENIConfig with an environment of %j', (env, kept) => {
    const all = { 'k8s.amazonaws.com/eniConfig': 'a', 'own/eni': 'b', 'csi.volume.kubernetes.io/nodeid': 'c' };
    const aws = { metadata: { name: 'aws-node' }, spec: { template: { spec: { containers: [{ name: 'c', env }] } } } };
    const demo = { nodes: { items: [metadata(all)] }, daemonsets: { items: [aws] } };
    const text = writeSnapshot({ ...network(), kubernetes: { demo } });
    expect(JSON.parse(text).kubernetes.demo.nodes.items).toEqual([metadata(kept)]);
  });
});

describe('a file that is no snapshot', () => {
  const whole = writeSnapshot(network());
  it.each([
    ['cut off', whole.slice(0, whole.length / 2), /^f ends in the middle: it was not written to its end\n/],
    ['empty', '', /^f is empty\n/],
    ['no JSON', 'Subnets: []', /^f is no JSON\n/],
    ['a list', '[]', /^f is no network snapshot:\n {2}the file: expected object, not an array$/],
    [
      'of another kind',
      '{"Subnets": []}',
      /\n {2}version: expected 1: .*\n {2}account: is missing\n(.*\n)* {2}Clusters: is missing$/,
    ],
  ])('since it is %s says so', (_, text, message) => {
    expect(() => readSnapshot(text, 'f')).toThrow(SnapshotError);
    expect(() => readSnapshot(text, 'f')).toThrow(message);
  });

  it('since something in it is wrong says where, for everything that is', () => {
    const file = JSON.parse(whole);
    file.Subnets[0].AvailableIpAddressCount = '251';
    delete file.Subnets[0].SubnetId;
    file.kubernetes.demo.deployments.items[0].metadata = null;
    file.account = '1234';
    expect(() => readSnapshot(JSON.stringify(file), 'f')).toThrow(
      [
        'f is no network snapshot:',
        '  account: expected an account id of twelve digits',
        '  Subnets[0].SubnetId: is missing',
        '  Subnets[0].AvailableIpAddressCount: expected number, not string',
        '  kubernetes.demo.deployments.items[0].metadata: expected object, not null',
      ].join('\n'),
    );
  });
});

type Kubernetes = NonNullable<NetworkSnapshot['kubernetes']>[string];
type Rest = Pick<
  NetworkSnapshot,
  'version' | 'account' | 'region' | 'partition' | 'takenAt' | 'clusters' | 'kubernetes' | 'denied'
>;
