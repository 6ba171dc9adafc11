import type { TimeRange } from '../log-insights/time-range.ts';
import type { LogGroup } from '../log-query/logs-port.ts';

export interface WindowWishes {
  firstWindowHours: number;
  overlapMinutes: number;
  deliveryLagMinutes: number;
}

/** What a run looks at, and what nobody will have looked at then. */
export interface LogWindow {
  /** None: the log group is younger than what would be looked at. */
  range?: TimeRange;
  gap?: LogGap;
}

export interface LogGap extends TimeRange {
  why: string;
}

/** After longer than this a run begins anew: what it costs must not grow from failure to failure. */
const mostDays = 7;
const daySeconds = 86_400;
/** For the time that a run takes to begin: a range that begins before the retention is refused. */
const marginSeconds = 600;

/**
 * From the end of what was looked at, less an overlap for events that came late, to what CloudWatch will have got by now: delivery is best
 * effort and takes minutes. https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
 */
export function logWindow(
  lookedAtUntilSeconds: number | undefined,
  { createdAt, retentionDays }: Pick<LogGroup, 'createdAt' | 'retentionDays'>,
  { firstWindowHours, overlapMinutes, deliveryLagMinutes }: WindowWishes,
  nowSeconds: number,
): LogWindow {
  const last = lookedAtUntilSeconds;
  const endSeconds = nowSeconds - deliveryLagMinutes * 60;
  const wished =
    last === undefined ? endSeconds - firstWindowHours * 3600 : Math.min(last, endSeconds) - overlapMinutes * 60;
  const floors: [seconds: number, why: string][] = [
    [Math.floor(createdAt / 1000), 'the log group is younger: it was deleted and made again'],
  ];
  if (retentionDays !== undefined)
    floors.push([nowSeconds - retentionDays * daySeconds + marginSeconds, `the log group keeps ${retentionDays} days`]);
  if (last !== undefined) floors.push([endSeconds - mostDays * daySeconds, `a run looks at ${mostDays} days at most`]);
  const [oldest, why] = floors.reduce((one, other) => (other[0] > one[0] ? other : one));
  const startSeconds = Math.max(wished, oldest);
  const gap = last !== undefined && last < oldest ? { startSeconds: last, endSeconds: oldest, why } : undefined;
  return {
    ...(startSeconds <= endSeconds && { range: { startSeconds, endSeconds } }),
    ...(gap && { gap }),
  };
}
