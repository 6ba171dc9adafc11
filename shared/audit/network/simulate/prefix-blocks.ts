import { ipv4Range } from './ipv4-range.ts';

/** Addresses of a prefix that EC2 hands out. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-prefix-eni.html */
const prefixSize = 16;

export interface AddressUse {
  /** The subnet's own block. */
  cidr: string;
  /** Single addresses in use. */
  addresses: readonly string[];
  /** Whole blocks in use or kept back from prefixes: prefixes of interfaces and explicit reservations. */
  blocks: readonly string[];
}

/**
 * How many aligned blocks of 16 addresses are free: what prefix delegation can still be given. An estimate, since EC2 tells only how many
 * addresses are free and not how they lie. The first four addresses and the last are never to be had.
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 * Throws on what is no address or no block.
 */
export function freePrefixes({ cidr, addresses, blocks }: AddressUse): number {
  const [first, last] = ipv4Range(cidr);
  const taken = new Set([first, last].map(blockOf));
  for (const [from, to] of [...addresses, ...blocks].map(ipv4Range)) {
    const end = blockOf(Math.min(to, last));
    for (let block = blockOf(Math.max(from, first)); block <= end; block += 1) taken.add(block);
  }
  return blockOf(last) - blockOf(first) + 1 - taken.size;
}

function blockOf(address: number): number {
  return Math.floor(address / prefixSize);
}
