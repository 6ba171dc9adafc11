import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { net16 } from '../../../../shared/audit/checks/net-16.ts';
import { aSnapshot, contextOf, judge, verdicts } from '../network/builders.ts';
import { aCluster } from '../network/node-builders.ts';

const on = { Value: true };
const off = { Value: false };

function vpc(EnableDnsSupport?: { Value: boolean }, EnableDnsHostnames?: { Value: boolean }) {
  return [
    {
      VpcId: 'vpc-1',
      ...(EnableDnsSupport && { EnableDnsSupport }),
      ...(EnableDnsHostnames && { EnableDnsHostnames }),
    },
  ];
}
const endpoint = (endpointPrivateAccess: boolean) => [aCluster({ config: { vpcId: 'vpc-1', endpointPrivateAccess } })];

describe('NET-16: DNS is on in the VPC', () => {
  test.each([
    ['both on', vpc(on, on), ['PASS', 'PASS']],
    ['no host names', vpc(on, off), ['PASS', 'FAIL critical']],
    ['no resolver', vpc(off, on), ['FAIL critical', 'PASS']],
    ['neither', vpc(off, off), ['FAIL critical', 'FAIL critical']],
    ['one not read', vpc(on), ['PASS', 'UNKNOWN']],
    ['neither read', vpc(), ['UNKNOWN', 'UNKNOWN']],
  ])('with a private endpoint: %s', (_, Vpcs, wanted) => {
    expect(verdicts(net16, { Vpcs, Clusters: endpoint(true) })).toEqual(wanted);
  });

  test('without one it is less hard', () => {
    expect(verdicts(net16, { Vpcs: vpc(off, off), Clusters: endpoint(false) })).toEqual(['FAIL high', 'FAIL high']);
  });

  test('what was not read is unknown and named', () => {
    expect(judge(net16, { Vpcs: vpc(on) })).toMatchObject([{}, { missing: ['ec2:DescribeVpcAttribute'] }]);
    const { Vpcs: _, ...snapshot } = aSnapshot();
    expect(net16.judge(contextOf(snapshot))).toMatchObject([{ status: 'UNKNOWN', missing: ['ec2:DescribeVpcs'] }]);
    expect(verdicts(net16, { Vpcs: [{ VpcId: 'vpc-2' }] })).toEqual(['UNKNOWN']);
    expect(verdicts(net16, { Clusters: [{ name: 'demo' }] })).toEqual(['UNKNOWN']);
  });

  test("another account's VPC is not ours to change", () => {
    const Vpcs = vpc(on, off).map((each) => ({ ...each, OwnerId: '999999999999' }));
    expect(judge(net16, { Vpcs })[1]?.remediation).toEqual({ docs: net16.docs });
  });

  test('a shell hands the remedy over as it is meant', () => {
    const [, judged] = judge(net16, { Vpcs: vpc(on, off) });
    const script = `aws() { printf '%s|' "$@"; }; ${judged?.remediation?.command}`;
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(
      'ec2|modify-vpc-attribute|--vpc-id|vpc-1|--enable-dns-hostnames|{"Value":true}|--region|eu-west-1|',
    );
  });
});
