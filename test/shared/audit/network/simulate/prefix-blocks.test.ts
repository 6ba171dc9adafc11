import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freePrefixes } from '../../../../../shared/audit/network/simulate/prefix-blocks.ts';

const of = (bits: number) => `10.0.0.0/${bits}`;

describe('free blocks of 16 addresses', () => {
  test.each([
    [28, 0],
    [27, 0],
    [26, 2],
    [25, 6],
    [24, 14],
    [20, 254],
    [16, 4094],
  ])('an empty /%i has %i, since EC2 keeps the first and the last block busy', (bits, free) => {
    expect(freePrefixes({ cidr: of(bits), addresses: [], blocks: [] })).toBe(free);
  });

  test.each([
    ['one address spoils its block', { addresses: ['10.0.0.20'] }, 13],
    ['two of one block spoil it once', { addresses: ['10.0.0.20', '10.0.0.31'] }, 13],
    ['two of neighbours spoil both', { addresses: ['10.0.0.31', '10.0.0.32'] }, 12],
    ['one in the first block spoils nothing more', { addresses: ['10.0.0.10'] }, 14],
    ['a prefix takes one', { blocks: ['10.0.0.48/28'] }, 13],
    ['an explicit reservation takes what it covers', { blocks: ['10.0.0.64/26'] }, 10],
    ['a small reservation spoils its block', { blocks: ['10.0.0.64/30'] }, 13],
    ['a reservation of everything leaves nothing', { blocks: ['10.0.0.0/24'] }, 0],
    ['what lies elsewhere does not count', { addresses: ['10.0.1.20'], blocks: ['10.0.1.0/28'] }, 14],
    [
      'an address in every block leaves none',
      { addresses: Array.from({ length: 16 }, (_, at) => `10.0.0.${at * 16 + 5}`) },
      0,
    ],
  ])('%s', (_, use, free) => {
    expect(freePrefixes({ cidr: of(24), addresses: [], blocks: [], ...use })).toBe(free);
  });

  test('a subnet that does not begin at a zero counts by its own bounds', () => {
    expect(freePrefixes({ cidr: '10.1.2.64/26', addresses: ['10.1.2.80'], blocks: [] })).toBe(1);
  });

  test('it is never more than whole blocks of free addresses, nor does another address add any', () => {
    const address = fc.integer({ min: 0, max: 255 }).map((last) => `10.0.0.${last}`);
    fc.assert(
      fc.property(fc.uniqueArray(address), address, (addresses, more) => {
        const free = freePrefixes({ cidr: of(24), addresses, blocks: [] });
        const used = new Set([...addresses, ...['0', '1', '2', '3', '255'].map((last) => `10.0.0.${last}`)]);
        const whole = Array.from({ length: 16 }, (_, block) =>
          Array.from({ length: 16 }, (__, at) => `10.0.0.${block * 16 + at}`).every((each) => !used.has(each)),
        );
        expect(free).toBe(whole.filter(Boolean).length);
        expect(freePrefixes({ cidr: of(24), addresses: [...addresses, more], blocks: [] })).toBeLessThanOrEqual(free);
      }),
    );
  });

  test('what is no address throws', () => {
    expect(() => freePrefixes({ cidr: of(24), addresses: ['ten'], blocks: [] })).toThrow();
  });
});
