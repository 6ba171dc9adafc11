/** One figure of a bench and the most that it may be. */
export interface BenchResult {
  name: string;
  value: number;
  limit: number;
  unit: string;
  /** What was compared, for a person. */
  detail: string;
}

/** A bench file exports one as `bench`. */
export type Bench = () => Promise<BenchResult[]>;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error('the median of nothing');
  return (low + high) / 2;
}
