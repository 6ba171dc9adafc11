import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ipv4Address,
  ipv4Range,
  isWithin,
  usableAddresses,
} from '../../../../../shared/audit/network/simulate/ipv4-range.ts';

describe('IPv4 blocks', () => {
  test.each([
    ['10.0.0.0/24', [167772160, 167772415]],
    ['10.0.0.7', [167772167, 167772167]],
    ['10.0.0.7/24', [167772160, 167772415]],
    ['0.0.0.0/0', [0, 4294967295]],
    ['255.255.255.255/32', [4294967295, 4294967295]],
  ])('%s is a range', (text, range) => expect(ipv4Range(text)).toEqual(range));

  test.each(['', '10.0.0', '10.0.0.256', '10.0.0.0/33', '::/0', '10.0.0.0/', ' 10.0.0.0'])('%j is refused', (text) =>
    expect(() => ipv4Range(text)).toThrow(TypeError),
  );

  test('a block is within another just when Node takes its ends to be', () => {
    const block = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }));
    fc.assert(
      fc.property(block, block, ([outer, bits], [address, length]) => {
        const list = new BlockList();
        list.addSubnet(outer, bits);
        const [first, last] = ipv4Range(`${address}/${length}`);
        const both = [first, last].every((end) => list.check(ipv4Address(end)));
        expect(isWithin(`${address}/${length}`, `${outer}/${bits}`)).toBe(both);
      }),
    );
  });

  test.each([
    ['10.0.0.0/28', 11],
    ['10.0.0.0/24', 251],
    ['10.0.0.0/30', 0],
  ])('%s has %d usable addresses', (cidr, count) => expect(usableAddresses(cidr)).toBe(count));
});
