import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NetworkAclEntry } from '../../../../../shared/audit/network/ec2-address-shapes.ts';
import { type AclFlow, deniedBy } from '../../../../../shared/audit/network/simulate/acl-allows.ts';
import { ipv4Address, ipv4Range, isWithin } from '../../../../../shared/audit/network/simulate/ipv4-range.ts';

const flow: AclFlow = { egress: false, protocol: 'tcp', ports: [443, 443], peer: '10.0.0.0/24' };
const rule = (RuleNumber: number, RuleAction: string, rest: Partial<NetworkAclEntry> = {}): NetworkAclEntry => ({
  ...{ RuleNumber, RuleAction, Protocol: '6', Egress: false, CidrBlock: '0.0.0.0/0' },
  ...rest,
});
const from = (From: number, To = From) => ({ PortRange: { From, To } });

describe('what a network ACL denies of a flow', () => {
  test.each<[string, NetworkAclEntry[], number | 'unlisted' | undefined]>([
    ['no entries', [], 'unlisted'],
    ['all allowed', [rule(100, 'allow', { Protocol: '-1' })], undefined],
    ['the port allowed', [rule(100, 'allow', from(443))], undefined],
    ['another port allowed', [rule(100, 'allow', from(444))], 'unlisted'],
    ['the other way allowed', [rule(100, 'allow', { Egress: true })], 'unlisted'],
    ['UDP allowed', [rule(100, 'allow', { Protocol: '17' })], 'unlisted'],
    ['IPv6 allowed', [{ RuleNumber: 100, RuleAction: 'allow', Protocol: '-1', Ipv6CidrBlock: '::/0' }], 'unlisted'],
    ['half of the peer denied first', [rule(50, 'deny', { CidrBlock: '10.0.0.128/25' }), rule(100, 'allow')], 50],
    ['the deny comes later', [rule(200, 'deny'), rule(100, 'allow')], undefined],
    ['half of the peer allowed', [rule(100, 'allow', { CidrBlock: '10.0.0.0/25' }), rule(32767, 'deny')], 32767],
    [
      'both halves allowed',
      [rule(1, 'allow', { CidrBlock: '10.0.0.0/25' }), rule(2, 'allow', { CidrBlock: '10.0.0.128/25' })],
      undefined,
    ],
  ])('%s', (_, Entries, wanted) => {
    const found = deniedBy({ NetworkAclId: 'acl-1', Entries }, flow);
    expect(typeof found === 'object' ? found.RuleNumber : found).toBe(wanted);
  });

  test('a range of ports passes only as a whole', () => {
    const range = { ...flow, ports: [32768, 60999] as const };
    const entries = (to: number) => ({ NetworkAclId: 'acl-1', Entries: [rule(1, 'allow', from(1024, to))] });
    expect(deniedBy(entries(60999), range)).toBeUndefined();
    expect(deniedBy(entries(60998), range)).toBe('unlisted');
  });

  test('it says just what each packet by itself meets', () => {
    const entry = fc.record({
      RuleNumber: fc.integer({ min: 1, max: 9 }),
      RuleAction: fc.constantFrom('allow', 'deny'),
      Protocol: fc.constantFrom('-1', '6', '17'),
      CidrBlock: fc.constantFrom('10.0.0.0/28', '10.0.0.4/30', '10.0.0.8/29', '10.0.0.0/30', '0.0.0.0/0'),
      PortRange: fc
        .tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }))
        .map(([a, b]) => ({ From: Math.min(a, b), To: Math.max(a, b) })),
    });
    fc.assert(
      fc.property(fc.uniqueArray(entry, { maxLength: 6, selector: (each) => each.RuleNumber }), (Entries) => {
        const small: AclFlow = { egress: false, protocol: 'tcp', ports: [2, 5], peer: '10.0.0.0/28' };
        const sorted = Entries.toSorted((a, b) => a.RuleNumber - b.RuleNumber);
        const [first, last] = ipv4Range(small.peer);
        const packets = Array.from({ length: last - first + 1 }, (_, at) =>
          [2, 3, 4, 5].map((port) => [ipv4Address(first + at), port] as const),
        ).flat();
        const passes = packets.every(([address, port]) => {
          const met = sorted.find(
            ({ Protocol, CidrBlock, PortRange }) =>
              Protocol !== '17' &&
              isWithin(address, CidrBlock) &&
              (Protocol === '-1' || (PortRange.From <= port && port <= PortRange.To)),
          );
          return met?.RuleAction === 'allow';
        });
        expect(deniedBy({ NetworkAclId: 'acl-1', Entries }, small) === undefined).toBe(passes);
      }),
    );
  });
});
