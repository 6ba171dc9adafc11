import type { NetworkAcl, NetworkAclEntry } from '../ec2-address-shapes.ts';
import { ipv4Range } from './ipv4-range.ts';

/** Packets that all have to pass, one way. */
export interface AclFlow {
  egress: boolean;
  protocol: 'tcp' | 'udp';
  /** First and last destination port. */
  ports: readonly [number, number];
  /** The other end's block. */
  peer: string;
}

const protocols = { tcp: '6', udp: '17' } as const;

/**
 * The entry that denies some of a flow, `unlisted` where no entry is for it; undefined when all of it passes. The lowest number that is for a
 * packet decides. https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
export function deniedBy({ Entries = [] }: NetworkAcl, flow: AclFlow): NetworkAclEntry | 'unlisted' | undefined {
  const entries = Entries.filter((entry) => isFor(entry, flow))
    .sort((a, b) => (a.RuleNumber ?? 0) - (b.RuleNumber ?? 0))
    .map((entry) => ({ entry, addresses: ipv4Range(entry.CidrBlock ?? '0.0.0.0/0'), ports: portsOf(entry) }));
  const peer = ipv4Range(flow.peer);
  const addresses = edges(
    peer,
    entries.map((each) => each.addresses),
  );
  for (const port of edges(
    flow.ports,
    entries.map((each) => each.ports),
  ))
    for (const address of addresses) {
      const found = entries.find((each) => isIn(address, each.addresses) && isIn(port, each.ports));
      if (found?.entry.RuleAction !== 'allow') return found?.entry ?? 'unlisted';
    }
  return undefined;
}

type Range = readonly [number, number];

function isFor({ Egress = false, Protocol, CidrBlock, Ipv6CidrBlock }: NetworkAclEntry, flow: AclFlow): boolean {
  const isV4 = CidrBlock !== undefined || Ipv6CidrBlock === undefined;
  return isV4 && Egress === flow.egress && (Protocol === '-1' || Protocol === protocols[flow.protocol]);
}

function portsOf({ Protocol, PortRange }: NetworkAclEntry): Range {
  return Protocol === '-1' ? [0, 65535] : [PortRange?.From ?? 0, PortRange?.To ?? 65535];
}

function isIn(value: number, [first, last]: Range): boolean {
  return first <= value && value <= last;
}

/** What has to be looked at so that nothing between is judged otherwise: where any range begins, or the next begins after it. */
function edges([first, last]: Range, ranges: readonly Range[]): number[] {
  const all = [first, ...ranges.flatMap(([from, to]) => [from, to + 1])];
  return [...new Set(all.filter((value) => isIn(value, [first, last])))].sort((a, b) => a - b);
}
