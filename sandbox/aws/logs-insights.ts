import { randomUUID } from 'node:crypto';
import type { Row } from '../../shared/log-insights/query.ts';
import type { LogGroup, QueryStatus } from '../../shared/log-query/logs-port.ts';
import type { Clock } from '../../shared/ports.ts';
import { AwsError } from './aws-error.ts';
import { evaluateLogQuery, malformed, type QueryResults } from './evaluate-log-query.ts';
import { bytesOf, oldestMs, type SandboxLogGroup } from './log-groups.ts';

export interface SandboxQuery extends QueryResults {
  id: string;
  status: QueryStatus;
  startedAt: number;
  /** How often it may still be asked for before it runs, and before it is complete. */
  scheduledPolls: number;
  runningPolls: number;
  /** What becomes of it in place of Complete. */
  end: QueryStatus;
}

/** Set by tests, at any time. */
export interface LogsInsightsSettings {
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
  maxConcurrent: number;
  /** Answers about a new query that say Scheduled, and after those Running. */
  scheduledPolls: number;
  runningPolls: number;
  /** How the next queries end, in the order of their starts; Complete when there is none left. */
  ends: QueryStatus[];
  /** Before there were pages: no token, no `maxItems`, and 10,000 rows at most. */
  knowsPages: boolean;
}

export interface AskedSandboxQuery {
  groupName: string;
  text: string;
  /** Epoch milliseconds, both included. */
  startMs: number;
  endMs: number;
  limit: number;
}

export type LogsInsights = ReturnType<typeof createLogsInsights>;

const timeoutMs = 3_600_000;

/** CloudWatch Logs as far as queries go: groups, what is in them, and queries that are done when they were asked for often enough. */
export function createLogsInsights({ clock }: { clock: Clock }) {
  const groups = new Map<string, SandboxLogGroup>();
  const queries = new Map<string, SandboxQuery>();
  const settings: LogsInsightsSettings = {
    maxConcurrent: 100,
    scheduledPolls: 1,
    runningPolls: 1,
    ends: [],
    knowsPages: true,
  };
  const underWay = ({ status, startedAt }: SandboxQuery) =>
    (status === 'Scheduled' || status === 'Running') && clock.now() - startedAt < timeoutMs;

  return {
    settings,
    queries,

    addGroup(name: string, more: Partial<Omit<LogGroup, 'name' | 'storedBytes'>> = {}): void {
      groups.set(name, { name, class: 'STANDARD', createdAt: 0, ...more, events: [] });
    },

    putEvents(groupName: string, logStream: string, events: readonly { timestampMs: number; message: string }[]): void {
      const group = groups.get(groupName);
      if (!group) throw new Error(`there is no log group ${groupName}`);
      for (const { timestampMs, message } of events) {
        const ptr = Buffer.from(`${groupName}:${logStream}:${group.events.length}`).toString('base64');
        group.events.push({ timestampMs, message, logStream, ptr });
      }
    },

    /** In the order of names. */
    groupsNamed: (prefix: string): LogGroup[] =>
      [...groups.values()]
        .filter(({ name }) => name.startsWith(prefix))
        .sort((one, other) => (one.name < other.name ? -1 : 1))
        .map(({ events, ...group }) => ({
          ...group,
          storedBytes: events.reduce((sum, each) => sum + bytesOf(each), 0),
        })),

    start({ groupName, text, startMs, endMs, limit }: AskedSandboxQuery): string {
      const group = groups.get(groupName);
      if (!group) throw new AwsError(400, 'ResourceNotFoundException', `Log group '${groupName}' does not exist.`);
      if (group.class === 'DELIVERY')
        throw new AwsError(400, 'InvalidParameterException', `Log group '${groupName}' does not support queries.`);
      if ([...queries.values()].filter(underWay).length >= settings.maxConcurrent)
        throw new AwsError(400, 'LimitExceededException', 'Account maximum query concurrency limit reached.');
      if (endMs < oldestMs(group, clock))
        throw malformed(
          "Query's end date and time is either before the log groups creation time or exceeds the log groups log retention settings",
        );
      if (!settings.knowsPages && Number(/\|\s*limit\s+(\d+)\s*$/.exec(text)?.[1]) > 10_000)
        throw malformed('Limit must be less than or equal to 10000');
      const id = randomUUID();
      const { scheduledPolls, runningPolls } = settings;
      queries.set(id, {
        ...evaluateLogQuery(text, limit, group, { startMs, endMs, clock }),
        ...{ id, status: 'Scheduled', startedAt: clock.now(), scheduledPolls, runningPolls },
        end: settings.ends.shift() ?? 'Complete',
      });
      return id;
    },

    /** The rows so far. Each time it is asked, the query comes nearer to its end. */
    read(
      id: string,
    ): { status: QueryStatus; rows: readonly Row[]; statistics: QueryResults['statistics'] } | undefined {
      const query = queries.get(id);
      if (!query) return undefined;
      if (query.status === 'Scheduled' || query.status === 'Running') query.status = next(query, underWay(query));
      const { status, rows, statistics } = query;
      if (status === 'Complete') return { status, rows, statistics };
      const none = { recordsMatched: 0, recordsScanned: 0, bytesScanned: 0 };
      if (status === 'Running') return { status, rows: rows.slice(0, Math.ceil(rows.length / 2)), statistics };
      return { status, rows: [], statistics: status === 'Scheduled' ? none : statistics };
    },

    stop(id: string): void {
      const query = queries.get(id);
      if (!query) throw new AwsError(400, 'ResourceNotFoundException', `Query ${id} does not exist.`);
      if (!underWay(query)) throw new AwsError(400, 'InvalidParameterException', `Query ${id} is not running.`);
      query.status = 'Cancelled';
    },
  };
}

function next(query: SandboxQuery, inTime: boolean): QueryStatus {
  if (!inTime) return 'Timeout';
  if (query.scheduledPolls-- > 0) return 'Scheduled';
  return query.runningPolls-- > 0 ? 'Running' : query.end;
}
