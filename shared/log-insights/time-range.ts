/** In seconds since the epoch, both ends included: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
export interface TimeRange {
  startSeconds: number;
  endSeconds: number;
}

/** What is wrong with a range that somebody asked for; `retentionDays` undefined: the log group never forgets. */
export function problemsOfRange(
  { startSeconds, endSeconds }: TimeRange,
  nowSeconds: number,
  retentionDays?: number,
): string[] {
  const isInstant = (seconds: number) => Number.isSafeInteger(seconds) && seconds >= 0 && seconds <= 8_640_000_000_000;
  if (!isInstant(startSeconds) || !isInstant(endSeconds)) return ['start and end are whole seconds since 1970'];
  const problems: string[] = [];
  const say = (seconds: number) => new Date(seconds * 1000).toISOString();
  if (endSeconds < startSeconds)
    problems.push(`the end, ${say(endSeconds)}, is before the start, ${say(startSeconds)}`);
  if (startSeconds > nowSeconds) problems.push(`the start, ${say(startSeconds)}, is in the future`);
  if (retentionDays !== undefined) {
    const oldestSeconds = nowSeconds - retentionDays * 86_400;
    if (startSeconds < oldestSeconds)
      problems.push(
        `the start, ${say(startSeconds)}, is before ${say(oldestSeconds)}, and the log group keeps ${retentionDays} days`,
      );
  }
  return problems;
}
