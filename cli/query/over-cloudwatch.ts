import type { TimeRange } from '../../shared/log-insights/time-range.ts';
import type { QueryView } from '../../shared/log-page/query-view.ts';
import { bytesText } from '../../shared/log-query/bytes-text.ts';
import type { QueryOutcome } from '../../shared/log-query/outcome.ts';
import type { QueryProgress, QueryWish } from '../../shared/log-query/query-wish.ts';
import { runLogQuery } from '../../shared/log-query/run-log-query.ts';
import { openLive } from '../output/live.ts';
import { type Running, tell } from '../run-command.ts';
import type { AskedQuery } from './asked-query.ts';
import { explainQuery } from './explain-query.ts';
import { findLog, refuseCostly } from './find-log.ts';
import { namedLog } from './named-log.ts';
import { type OpenLogs, openLogs } from './open-logs.ts';
import { progressLine, sayCost } from './progress-text.ts';
import { refuseRange, usualRange } from './read-range.ts';
import type { RunOptions } from './run-options.ts';

type CloudWatchOptions = Pick<RunOptions, 'cluster' | 'logGroup' | 'maxBytes' | 'region' | 'profile'>;
type Found = Pick<QueryView, 'source' | 'range' | 'outcome'>;

/** What CloudWatch Logs Insights answers. Throws a CommandError, and what AWS clients throw. */
export async function overCloudWatch(
  asked: AskedQuery,
  options: CloudWatchOptions,
  given: TimeRange | undefined,
  running: Running,
): Promise<Found> {
  const [found] = await allOverCloudWatch([asked], options, given, running);
  return found;
}

/** One after the other, of the log that the first needs; `maxBytes` is for all of them together. */
export async function allOverCloudWatch<const Asked extends readonly [AskedQuery, ...AskedQuery[]]>(
  asked: Asked,
  options: CloudWatchOptions,
  given: TimeRange | undefined,
  { signal, onInterrupt }: Running,
): Promise<{ [At in keyof Asked]: Found }> {
  const named = namedLog(options);
  const open = await openLogs(options);
  const { clock, region } = open;
  const nowMs = clock.now();
  const range = given ?? usualRange(Math.floor(nowMs / 1000));
  if (!given) tell('the last hour is looked at; --since, or --start and --end, say otherwise');
  const { group, older } = await findLog(asked[0], named, range, open, signal);
  refuseRange(range, Math.floor(nowMs / 1000), group.retentionDays);
  const most = options.maxBytes ?? Number.POSITIVE_INFINITY;
  refuseCostly({ group, times: asked.length }, range, nowMs, most, region);

  onInterrupt.first = 'stopping the query in CloudWatch';
  const found: Found[] = [];
  let scanned = 0;
  for (const { shown, mergeable, aggregates } of asked) {
    const query = { text: shown.text, mergeable, ...(aggregates && { aggregates }) };
    const left = Number.isFinite(most) ? { maxBytes: Math.max(0, most - scanned) } : {};
    const outcome = await watched({ group: group.name, query, range, ...left }, shown, open, signal);
    scanned += outcome.statistics.bytesScanned;
    found.push({ source: group.name, range, outcome });
  }
  tell(`scanned ${bytesText(scanned)}, ${sayCost(scanned, region)}`);
  if (older && found.every(({ outcome }) => outcome.rows.length === 0)) throw older;
  return found as { [At in keyof Asked]: Found };
}

/** With its progress on stderr. */
async function watched(
  wish: QueryWish,
  shown: AskedQuery['shown'],
  { logs, clock, turn }: OpenLogs,
  signal: AbortSignal,
): Promise<QueryOutcome> {
  const live = openLive(process.stderr);
  const begunMs = clock.now();
  const progress = (at: QueryProgress) => live.show([progressLine(at, (clock.now() - begunMs) / 1000)]);
  try {
    return await runLogQuery(wish, { logs, clock, random: Math.random, turn, progress }, signal);
  } catch (error) {
    throw explainQuery(error, shown);
  } finally {
    live.close();
  }
}
