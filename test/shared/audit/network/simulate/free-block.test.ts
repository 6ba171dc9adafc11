import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { largestFreeBlock } from '../../../../../shared/audit/network/simulate/free-block.ts';
import { ipv4Address, ipv4Range, isWithin } from '../../../../../shared/audit/network/simulate/ipv4-range.ts';
import { freePrefixes } from '../../../../../shared/audit/network/simulate/prefix-blocks.ts';

describe('the largest free block', () => {
  test.each([
    ['10.0.0.0/24', [], [], '10.0.0.64/26'],
    ['10.0.0.0/26', [], [], '10.0.0.16/28'],
    ['10.0.0.0/27', [], [], undefined],
    ['10.0.0.0/24', ['10.0.0.70', '10.0.0.130'], [], '10.0.0.32/27'],
    ['10.0.0.0/25', [], ['10.0.0.32/27', '10.0.0.64/28'], '10.0.0.16/28'],
    ['10.0.0.0/26', ['10.0.0.20', '10.0.0.40'], [], undefined],
  ])('%s with %j and %j in use: %s', (cidr, addresses, blocks, wanted) =>
    expect(largestFreeBlock({ cidr, addresses, blocks })).toBe(wanted),
  );

  test('it lies in the subnet, holds nothing in use, and is there just when a prefix is free', () => {
    const offsets = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 40 });
    fc.assert(
      fc.property(offsets, fc.integer({ min: 24, max: 28 }), (at, bits) => {
        const cidr = `10.0.0.0/${bits}`;
        const [first] = ipv4Range(cidr);
        const addresses = at.map((offset) => ipv4Address(first + offset)).filter((address) => isWithin(address, cidr));
        const block = largestFreeBlock({ cidr, addresses, blocks: [] });
        expect(block !== undefined).toBe(freePrefixes({ cidr, addresses, blocks: [] }) > 0);
        if (block === undefined) return;
        expect(isWithin(block, cidr)).toBe(true);
        expect(addresses.some((address) => isWithin(address, block))).toBe(false);
      }),
    );
  });
});
