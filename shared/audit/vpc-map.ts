/** Where a subnet's default route leads; `transit`: to another network, which may have a way out. */
export const routeKinds = ['public', 'nat', 'transit', 'isolated', 'unknown'] as const;
export type RouteKind = (typeof routeKinds)[number];

/** A network as a report shows it. */
export interface VpcMap {
  id: string;
  name?: string;
  cidrs: readonly string[];
  /** The clusters in it that were looked at. */
  clusters: readonly string[];
  subnets: readonly MappedSubnet[];
}

export interface MappedSubnet {
  id: string;
  /** As results name it. */
  arn: string;
  name?: string;
  /** The zone's name, and its id, which is the same in all accounts. */
  zone: string;
  zoneId?: string;
  cidrs: readonly string[];
  route: RouteKind;
  /** For example `0.0.0.0/0 → igw-1`. */
  way: string;
  /** IPv4 addresses. */
  free?: number;
  /** Another account's. */
  shared: boolean;
  tags: Readonly<Record<string, string>>;
  /** What it is for, for example `cluster demo` or `nodes of demo`. */
  uses: readonly string[];
}
