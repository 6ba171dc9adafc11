import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { net17 } from '../../../../shared/audit/checks/net-17.ts';
import { judge, type SnapshotLines } from '../network/builders.ts';
import { aCluster, aNode } from '../network/node-builders.ts';

const region = 'eu-west-1.compute.internal';
const amazon = 'AmazonProvidedDNS';
const option = (Key: string, ...values: string[]) => ({ Key, Values: values.map((Value) => ({ Value })) });
const Vpcs = [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16', DhcpOptionsId: 'dopt-1' }];

function options(...DhcpConfigurations: ReturnType<typeof option>[]) {
  return [{ DhcpOptionsId: 'dopt-1', DhcpConfigurations }];
}

function all(lines: SnapshotLines, endpointPrivateAccess = true): string[] {
  const Clusters = [aCluster({ config: { vpcId: 'vpc-1', endpointPrivateAccess } })];
  return judge(net17, { Vpcs, Clusters, ...lines }).map(({ status }) => status);
}

describe('NET-17: DHCP options suit the cluster', () => {
  test.each([
    ["Amazon's", [amazon], 'PASS', 'PASS'],
    ["Amazon's in other letters", ['amazonprovideddns'], 'PASS', 'PASS'],
    ["Amazon's among others", ['10.9.0.2', amazon], 'PASS', 'PASS'],
    ['custom ones', ['10.9.0.2', '10.9.1.2'], 'FAIL', 'WARN'],
    ["the VPC's resolver by address", ['10.0.0.2'], 'WARN', 'WARN'],
    ['the link-local resolver', ['169.254.169.253'], 'WARN', 'WARN'],
    ['none', [], 'FAIL', 'FAIL'],
  ])('name servers: %s', (_, servers, withPrivate, without) => {
    const DhcpOptions = options(option('domain-name', region), option('domain-name-servers', ...servers));
    expect(all({ DhcpOptions })).toEqual([withPrivate, 'PASS']);
    expect(all({ DhcpOptions }, false)).toEqual([without, 'PASS']);
  });

  test.each([
    ["the region's", [region], 'PASS'],
    ["the region's, with a dot and in other letters", ['EU-West-1.compute.internal.'], 'PASS'],
    ["another region's", ['us-west-2.compute.internal'], 'FAIL'],
    ["us-east-1's", ['ec2.internal'], 'FAIL'],
    ["another region's among two", [region, 'ec2.internal'], 'FAIL'],
    ['a custom one', ['example.com'], 'WARN'],
    ['two', [region, 'example.com'], 'WARN'],
    ['two in one, as Linux would take them', [`${region} example.com`], 'WARN'],
    ['none', [], 'WARN'],
  ])('domain name: %s', (_, names, status) => {
    const DhcpOptions = options(option('domain-name', ...names), option('domain-name-servers', amazon));
    expect(all({ DhcpOptions })).toEqual(['PASS', status]);
  });

  test('us-east-1 has a name of its own', () => {
    const own = options(option('domain-name', 'ec2.internal'), option('domain-name-servers', amazon));
    expect(all({ DhcpOptions: own, region: 'us-east-1' })).toEqual(['PASS', 'PASS']);
    const other = options(option('domain-name', 'us-east-1.compute.internal'), option('domain-name-servers', amazon));
    expect(all({ DhcpOptions: other, region: 'us-east-1' })).toEqual(['PASS', 'FAIL']);
  });

  test.each([
    ['ip-10-0-0-7.example.com', 'FAIL'],
    ['ip-10-0-0-7.eu-west-1.compute.internal', 'WARN'],
    ['i-0abc.notexample.com', 'WARN'],
  ])('a custom domain name and the node %s: %s', (node, status) => {
    const DhcpOptions = options(option('domain-name', 'example.com'), option('domain-name-servers', amazon));
    expect(all({ DhcpOptions, objects: { nodes: { items: [aNode(node)] } } })).toEqual(['PASS', status]);
  });

  test('no options at all fail', () => {
    expect(all({ Vpcs: [{ VpcId: 'vpc-1', DhcpOptionsId: 'default' }] })).toEqual(['FAIL']);
  });

  test('options that were not read are unknown', () => {
    expect(judge(net17, { Vpcs })).toMatchObject([{ status: 'UNKNOWN', missing: ['ec2:DescribeDhcpOptions'] }]);
    expect(all({ DhcpOptions: [] })).toEqual(['UNKNOWN']);
    expect(all({ Vpcs: [{ VpcId: 'vpc-1' }] })).toEqual(['UNKNOWN']);
    expect(all({ Vpcs: [] })).toEqual(['UNKNOWN']);
  });

  test('the remedy makes new options that keep the rest and puts the VPC to them', () => {
    const DhcpOptions = options(
      option('domain-name-servers', '10.9.0.2'),
      option('ntp-servers', '10.9.0.3', '10.9.0.4'),
    );
    const [judged] = judge(net17, { Vpcs, DhcpOptions });
    const script = `aws() { if [ "$2" = create-dhcp-options ]; then echo dopt-new; else echo "$*"; fi; }; ${judged?.remediation?.command}`;
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trim()).toBe(
      'ec2 associate-dhcp-options --dhcp-options-id dopt-new --vpc-id vpc-1 --region eu-west-1',
    );
    expect(judged?.remediation?.command).toContain(
      `--dhcp-configurations Key=domain-name,Values=${region} Key=domain-name-servers,Values=${amazon} Key=ntp-servers,Values=10.9.0.3,10.9.0.4 --query`,
    );
  });

  test("options of another account's VPC are not ours to change", () => {
    const shared = [{ VpcId: 'vpc-1', OwnerId: '999999999999', DhcpOptionsId: 'default' }];
    expect(judge(net17, { Vpcs: shared })[0]?.remediation).not.toHaveProperty('command');
  });
});
