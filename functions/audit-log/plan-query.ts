import { type BlindSpot, jobKey, type LogJob } from '../../shared/log-audit/log-run.ts';
import { logWindow } from '../../shared/log-audit/log-window.ts';
import type { LookedAt } from '../../shared/log-audit/looked-at.ts';
import { reachMinutes } from '../../shared/log-audit/reach-minutes.ts';
import { sayRange } from '../../shared/log-audit/say-range.ts';
import type { ScheduledQuery } from '../../shared/log-audit/scheduled-queries.ts';
import { scheduledText } from '../../shared/log-audit/scheduled-text.ts';
import type { TimeRange } from '../../shared/log-insights/time-range.ts';
import { discoveredFields } from '../../shared/log-insights-ql/discovered-fields.ts';
import { estimateBytes } from '../../shared/log-query/estimate.ts';
import type { LogGroup } from '../../shared/log-query/logs-port.ts';
import { type LogFacts, whyNoLog } from '../../shared/log-query/why-no-log.ts';
import { type AuditLogWishes, bytesAGigabyte } from './audit-log-ports.ts';

export interface Planned {
  job?: LogJob;
  blind?: BlindSpot;
}

/** What is known when a query of one log group is planned. */
export interface Known {
  cluster: string;
  group: string;
  region: string;
  facts: LogFacts;
  lookedAt: LookedAt;
  wishes: AuditLogWishes;
  nowSeconds: number;
}

/** What of a log group a query is to look at, and why not at all or not at everything. */
export function planQuery(query: ScheduledQuery, known: Known): Planned {
  const { cluster, group: resource, region, facts, lookedAt, wishes, nowSeconds } = known;
  const about = { cluster, query: query.id };
  const wanted = { groupName: resource, streams: query.streams, region };
  const noLog = whyNoLog({ ...wanted, discoveredFields: () => discoveredFields(scheduledText(query)) }, facts);
  const { holdsOlder = false, ...why } = noLog ?? {};
  // Nobody named it, so that nobody wonders where it is.
  const gone = facts.cluster?.logTypes === 'gone' && wishes.clusterNames.length === 0;
  // It has seen the end of that log.
  if (gone && lookedAt[jobKey(about)] === undefined) return {};
  const blind = noLog && !gone ? { ...about, resource, ...(why as typeof noLog) } : undefined;
  if (!facts.group || (noLog && !holdsOlder)) return blind ? { blind } : {};
  const overlapMinutes = wishes.overlapMinutes + reachMinutes(query);
  const { range, gap } = logWindow(lookedAt[jobKey(about)], facts.group, { ...wishes, overlapMinutes }, nowSeconds);
  if (range) {
    const affordable = affordableRange(range, facts.group, overlapMinutes, known);
    const behind = affordable && { ...about, resource, code: 'behind', text: behindText(range, affordable, wishes) };
    const told = blind ?? behind;
    const job = { ...about, group: resource, range: affordable ?? range };
    return { job: { ...job, ...(gap && { gap }), ...(gone && { gone }) }, ...(told && { blind: told }) };
  }
  const text = gap
    ? `nobody looked at ${sayRange(gap)}: ${gap.why}`
    : 'the log group is younger than what would be looked at';
  return {
    blind: blind ?? {
      ...about,
      resource,
      code: gap ? 'gap' : 'nothing-yet',
      text,
    },
  };
}

/**
 * A window that may not be looked at as a whole, since it would cost more than a run may, would be asked for again and only grow. Half of what
 * may be scanned is planned for: logs are not spread evenly. undefined: all of it may be looked at, or less than was looked at before.
 */
function affordableRange(
  range: TimeRange,
  group: LogGroup,
  overlapMinutes: number,
  { wishes, nowSeconds }: Known,
): TimeRange | undefined {
  const maxBytes = wishes.maxGigabytes * bytesAGigabyte;
  const bytes = estimateBytes(group, range, nowSeconds * 1000);
  if (bytes <= maxBytes) return undefined;
  const seconds = Math.floor(((range.endSeconds - range.startSeconds) * maxBytes) / 2 / bytes);
  return seconds <= overlapMinutes * 60 ? undefined : { ...range, endSeconds: range.startSeconds + seconds };
}

function behindText(whole: TimeRange, { endSeconds }: TimeRange, { maxGigabytes }: AuditLogWishes): string {
  const rest = sayRange({ ...whole, startSeconds: endSeconds + 1 });
  return `${rest} is left to the next run: all of it would be more than ${maxGigabytes} GB, by an estimate from the size of the log group`;
}
