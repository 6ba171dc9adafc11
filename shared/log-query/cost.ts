/** USD for what a query scans of a gigabyte. https://aws.amazon.com/cloudwatch/pricing/ */
const usualUsd = 0.005;
const pricesUsd: Readonly<Record<string, number>> = {
  'us-east-1': usualUsd,
  'us-east-2': usualUsd,
  'us-west-2': usualUsd,
  'ap-northeast-1': 0.0076,
};

/** What the scanning of so many bytes costs; by the price of us-east-1 where that of the region is not known here. */
export function costUsd(bytes: number, region: string): number {
  const price = Object.hasOwn(pricesUsd, region) ? pricesUsd[region] : undefined;
  return (bytes / 1e9) * (price ?? usualUsd);
}

/** What is to be said beside a cost; undefined: nothing. Elsewhere the price is up to twice that. */
export function priceNote(region: string): string | undefined {
  return Object.hasOwn(pricesUsd, region) ? undefined : `at the price of us-east-1, ${usualUsd} USD a GB`;
}
