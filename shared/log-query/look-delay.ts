const [firstLookMs, mostLookMs, factor] = [1_000, 5_000, 1.5];

/**
 * Until a query is looked at again, in milliseconds: from 0 to 1 s, later to 5 s, by chance, so that many do not ask at the same moment.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export const lookDelayMs = (looks: number, random: () => number): number =>
  Math.round(random() * Math.min(mostLookMs, firstLookMs * factor ** looks));
