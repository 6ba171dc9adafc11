import { ipv4Address, ipv4Range } from './ipv4-range.ts';
import type { AddressUse } from './prefix-blocks.ts';

/**
 * The largest aligned block of a subnet in which nothing is in use, the lowest of several; undefined when not even 16 addresses lie together.
 * The subnet's first and last 16 are left out: EC2 has its own addresses among them.
 */
export function largestFreeBlock({ cidr, addresses, blocks }: AddressUse): string | undefined {
  const [first, last] = ipv4Range(cidr);
  const used = [...addresses, ...blocks].map(ipv4Range);
  used.push([first, first], [last, last]);
  for (let size = (last - first + 1) / 2; size >= 16; size /= 2)
    for (let from = first; from <= last; from += size)
      if (used.every(([start, end]) => end < from || start >= from + size)) return blockName(from, size);
  return undefined;
}

function blockName(from: number, size: number): string {
  return `${ipv4Address(from)}/${32 - Math.log2(size)}`;
}
