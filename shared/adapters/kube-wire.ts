/** A type of @kubernetes/client-node as it travels in JSON: every Date is an RFC 3339 string. */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [Key in keyof T]: Wire<T[Key]> }
      : T;

/** Epoch milliseconds of an RFC 3339 time, with or without a fraction; a microsecond is cut off. */
export function instantOf(time: string): number {
  return Date.parse(time);
}

/** A metav1.MicroTime: exactly six digits after the second, or the server refuses it. */
export function microTime(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString().replace('Z', '000Z');
}

/** A path of an API server. Throws on a segment that would name another resource: an empty one turns a pod into all pods. */
export function kubePath(...segments: string[]): string {
  for (const segment of segments)
    if (segment === '' || segment === '.' || segment === '..') throw new RangeError(`not a name: '${segment}'`);
  return `/${segments.map(encodeURIComponent).join('/')}`;
}
