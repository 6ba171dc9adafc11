import { describe, expect, test } from 'vitest';
import { net11 } from '../../../../shared/audit/checks/net-11.ts';
import { elb, judge, type SubnetLine, verdicts } from '../network/builders.ts';

const at = (zone: string, more: SubnetLine = {}): SubnetLine => ({ zone, tags: elb, via: 'igw', ...more });
const onOutpost = at('b', { OutpostArn: 'arn:aws:outposts:eu-west-1:111122223333:outpost/op-1' });

describe('NET-11: subnets for load balancers are in one kind of place', () => {
  test.each<[string, Record<string, SubnetLine>, string[]]>([
    ['Availability Zones', { a: at('a'), b: at('b') }, ['PASS']],
    ['a zone and a Local Zone', { a: at('a'), b: at('lax') }, ['FAIL']],
    ['a zone and a Wavelength Zone', { a: at('a'), b: at('wl') }, ['FAIL']],
    ['a zone and an Outpost', { a: at('a'), b: onOutpost }, ['FAIL']],
    ['an Outpost that loses its zone to a subnet of the zone', { a: at('b'), b: onOutpost }, ['PASS']],
    ['a Local Zone that is too full to be chosen', { a: at('a'), b: at('lax', { free: 7 }) }, ['PASS']],
    ['a zone that was not read', { a: at('a'), b: at('z') }, ['UNKNOWN']],
    ['none', {}, []],
  ])('%s', (_, subnets, wanted) => {
    expect(verdicts(net11, { controller: 'v2.8.0', subnets })).toEqual(wanted);
  });

  test('the remedy untags what is not in an Availability Zone', () => {
    const [judged] = judge(net11, { controller: 'v2.8.0', subnets: { 'subnet-a': at('a'), 'subnet-l': at('lax') } });
    expect(judged).toMatchObject({
      matter: 'internet-facing',
      text: expect.stringContaining('availability-zone, local-zone'),
    });
    expect(judged?.remediation?.command).toContain(
      'delete-tags --resources subnet-l --tags Key=kubernetes.io/role/elb',
    );
  });

  test('without tags it depends on the controller', () => {
    expect(verdicts(net11, { subnets: { a: {} } })).toEqual(['UNKNOWN', 'UNKNOWN']);
    expect(verdicts(net11, { controller: null, subnets: { a: {} } })).toEqual([]);
    const [judged] = judge(net11, { controller: 'v2.12.1', subnets: { a: {}, l: { zone: 'lax' } } });
    expect(judged?.status).toBe('FAIL');
    expect(judged?.remediation).not.toHaveProperty('command');
  });
});
