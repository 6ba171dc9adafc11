import type { AvailabilityZone, Subnet } from '../ec2-shapes.ts';

/** Where a subnet lies, as the Load Balancer Controller sorts places; undefined when its zone was not read. */
export type Locale = 'availability-zone' | 'local-zone' | 'wavelength-zone' | 'outpost';

export function localeOf(subnet: Subnet, zones: ReadonlyMap<string, AvailabilityZone>): Locale | undefined {
  if (subnet.OutpostArn) return 'outpost';
  const type = zones.get(subnet.AvailabilityZoneId ?? '')?.ZoneType;
  return type === 'availability-zone' || type === 'local-zone' || type === 'wavelength-zone' ? type : undefined;
}
