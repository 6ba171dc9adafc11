import { type CatalogueEntry, metricsCatalogue } from '../../../shared/metrics-catalogue.ts';

/** By service, name and the names of the dimensions. */
export function keyOf(service: string, name: string, dimensions: readonly string[]): string {
  return [service, name, ...[...dimensions].sort()].join(' ');
}

const catalogue: readonly [string, CatalogueEntry][] = Object.entries(metricsCatalogue);

/** Everything that may be written. */
export const keysOfCatalogue: ReadonlySet<string> = new Set(
  catalogue.flatMap(([name, { from, by }]) =>
    from.flatMap((service) => by.map((dimensions) => keyOf(service, name, Object.keys(dimensions)))),
  ),
);
