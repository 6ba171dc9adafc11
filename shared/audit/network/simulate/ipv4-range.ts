/** First and last address of a block such as `10.0.0.0/24`, or of a single address, as numbers. Throws a TypeError on what is neither. */
export function ipv4Range(text: string): [number, number] {
  const [, ...parts] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(text) ?? [];
  const [length = 32, ...bytes] = [parts.pop(), ...parts].map((part) =>
    part === undefined ? undefined : Number(part),
  );
  if (bytes.length !== 4 || length > 32 || bytes.some((byte = 256) => byte > 255))
    throw new TypeError(`not an IPv4 address or block: ${text}`);
  const address = bytes.reduce<number>((sum, byte = 0) => sum * 256 + byte, 0);
  const size = 2 ** (32 - length);
  const first = Math.floor(address / size) * size;
  return [first, first + size - 1];
}

/** A number as an address. */
export function ipv4Address(number: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join('.');
}

/** Whether all of a block lies in another. */
export function isWithin(inner: string, outer: string): boolean {
  const [[from, to], [first, last]] = [ipv4Range(inner), ipv4Range(outer)];
  return from >= first && to <= last;
}

/** Addresses of a subnet's block but for the five that are EC2's own. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
export function usableAddresses(cidr: string): number {
  const [first, last] = ipv4Range(cidr);
  return Math.max(0, last - first + 1 - 5);
}
