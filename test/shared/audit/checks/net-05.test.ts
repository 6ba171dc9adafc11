import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { net05 } from '../../../../shared/audit/checks/net-05.ts';
import { judge, verdicts } from '../network/builders.ts';

const elb = 'kubernetes.io/role/elb';
const internal = 'kubernetes.io/role/internal-elb';

const others = ['true', 'yes', 'shared', 'owned', '0', ' 1', '1 ', '01', 'True'];

describe('NET-05: role tags can be discovered', () => {
  test.each([
    ...['1', ''].map((value) => ({ value, status: 'PASS' })),
    ...others.map((value) => ({ value, status: 'FAIL' })),
  ])('$value is judged $status', ({ value, status }) => {
    expect(verdicts(net05, { subnets: { 'subnet-a': { tags: { [elb]: value } } } })).toEqual([status]);
    expect(verdicts(net05, { subnets: { 'subnet-a': { tags: { [internal]: value } } } })).toEqual([status]);
  });

  test.each([
    ['Kubernetes.io/role/elb', elb],
    ['kubernetes.io/role/ELB', elb],
    ['kubernetes.io/role/elb ', elb],
    ['kubernetes.io/role /internal-elb', internal],
    ['kubernetes.io/role/alb-internal', internal],
    ['kubernetes.io/role/public-elb', elb],
    ['kubernetes.io/role/internal_elb', internal],
    ['kubernetes.io/role/private-nlb', internal],
    ['kubernetes.io/role/alb', elb],
    ['kubernetes.io/role/nlb', elb],
    ['kubernetes.io/role-elb', elb],
    ['k8s.io/role/elb', elb],
    ['kubernets.io/role/internal-elb', internal],
    ['kubernets.io/role/elb', elb],
    ['kubernetes.io/role/interal-elb', internal],
  ])('%j is near %s and fails', (key, meant) => {
    const [judged, ...more] = judge(net05, { subnets: { 'subnet-a': { tags: { [key]: '1' } } } });
    expect(more).toEqual([]);
    expect(judged).toMatchObject({ status: 'FAIL', matter: key, text: expect.stringContaining(`${meant} is meant`) });
  });

  test.each([
    'kubernetes.io/role/cni',
    'kubernetes.io/role/node',
    'kubernetes.io/role/efs',
    'kubernetes.io/role/internal',
    'kubernetes.io/role/public',
    'kubernetes.io/role/web',
    'kubernetes.io/role/db',
    'kubernetes.io/role/master',
    'kubernetes.io/cluster/elb',
    'Name',
    'elb',
    'karpenter.sh/discovery',
  ])('%s is no tag of a load balancer', (key) => {
    expect(judge(net05, { subnets: { 'subnet-a': { tags: { [key]: '1' } } } })).toEqual([]);
  });

  test('a near miss beside the right tag does no harm', () => {
    expect(
      verdicts(net05, { subnets: { 'subnet-a': { tags: { [elb]: '1', 'kubernetes.io/role/alb': '1' } } } }),
    ).toEqual(['PASS']);
  });

  test('a near miss beside a value that nothing finds fails with it', () => {
    expect(
      verdicts(net05, { subnets: { 'subnet-a': { tags: { [elb]: 'x', 'kubernetes.io/role/alb': '1' } } } }),
    ).toEqual(['FAIL', 'FAIL']);
  });

  test('the remedy is taken apart by a shell as it is meant, and deletes just the key that is wrong', () => {
    const [judged] = judge(net05, {
      subnets: { 'subnet-a': { via: 'igw', tags: { 'kubernetes.io/role/elb ': '1' } } },
    });
    const script = `aws() { printf '%s|' "$@"; echo; }; ${judged?.remediation?.command}`;
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trim().split('\n')).toEqual([
      'ec2|create-tags|--resources|subnet-a|--tags|Key=kubernetes.io/role/elb,Value=1|--region|eu-west-1|',
      'ec2|delete-tags|--resources|subnet-a|--tags|Key="kubernetes.io/role/elb "|--region|eu-west-1|',
    ]);
  });

  test.each([
    ['elb', 'nat', /^aws ec2 delete-tags /],
    ['elb', 'igw', /^aws ec2 create-tags /],
    ['elb', 'unseen', /^aws ec2 create-tags /],
    ['internal-elb', 'nat', /^aws ec2 create-tags /],
    ['public-elb', 'nat', /^aws ec2 delete-tags .*public-elb --region eu-west-1$/],
  ] as const)(
    'the remedy for %s on a subnet routed by %s leads to nothing else that is wrong',
    (role, via, command) => {
      const [judged] = judge(net05, {
        subnets: { 'subnet-a': { via, tags: { [`kubernetes.io/role/${role}`]: 'true' } } },
      });
      expect(judged?.remediation?.command).toMatch(command);
    },
  );
});
