import { createManualClock, type ManualClock } from '../../../sandbox/clock.ts';
import { createTurns } from '../../../shared/adapters/turns.ts';
import { rowOf } from '../../../shared/log-files/row-of.ts';
import type { Row } from '../../../shared/log-insights/query.ts';
import { compileQuery } from '../../../shared/log-insights-ql/compile-query.ts';
import { runQuery } from '../../../shared/log-insights-ql/run-query.ts';
import type { AskedQuery, LogGroup, LogsPort, QueryStatus, ResultsPage } from '../../../shared/log-query/logs-port.ts';
import type { QueryPorts } from '../../../shared/log-query/query-wish.ts';

export interface WorldEvent {
  atMs: number;
  message: string;
}

export interface LogsWorld {
  clock: ManualClock;
  ports: QueryPorts;
  /** In the order in which they were started. */
  started: AskedQuery[];
  stopped: string[];
  running: Set<string>;
  /** When each call came, in milliseconds of the clock. */
  calls: { name: string; at: number }[];
}

interface Options {
  events?: readonly WorldEvent[];
  /** Looks at each query before it is complete. */
  looks?: number;
  /** What a query ends as. */
  ends?: (query: AskedQuery, started: number) => QueryStatus;
  /** Queries that may run in the account at once. */
  room?: () => number;
  rowsAPage?: number;
  /** The service knows no pages, and gives so many rows. */
  cutAt?: number;
  /** What a query scans for each second of its range. */
  bytesASecond?: number;
  group?: Partial<LogGroup>;
  random?: () => number;
  cannotStop?: boolean;
  onCall?: (name: string) => void;
}

export const startMs = Date.UTC(2026, 10, 21, 12);
export const startSeconds = startMs / 1000;

/** CloudWatch Logs in memory, over a clock that stands still: what is asked is answered by the evaluator for files. */
export function createLogsWorld(options: Options = {}): LogsWorld {
  const { events = [], looks = 2, room = () => 100, rowsAPage = 10_000, cutAt, bytesASecond = 0 } = options;
  const clock = createManualClock(startMs + 3_600_000);
  const started: AskedQuery[] = [];
  const stopped: string[] = [];
  const running = new Set<string>();
  const calls: LogsWorld['calls'] = [];
  const looked = new Map<string, number>();
  const answers = new Map<string, Promise<{ rows: Row[]; recordsMatched: number }>>();
  const note = (name: string) => {
    calls.push({ name, at: clock.now() });
    options.onCall?.(name);
  };

  const pageOf = async (queryId: string, token: string | undefined): Promise<ResultsPage> => {
    const asked = started[Number(queryId.slice(6))];
    if (!asked) throw new Error(`no query ${queryId}`);
    const times = (looked.get(queryId) ?? 0) + 1;
    looked.set(queryId, times);
    const bytesAll = bytesASecond * (asked.range.endSeconds - asked.range.startSeconds + 1);
    const soFar = { recordsScanned: 0, recordsMatched: 0, bytesScanned: Math.round((bytesAll * times) / (looks + 1)) };
    // What a query shows before it is complete is not its result.
    const early = [{ '@ptr': 'early', n: '1' }];
    if (stopped.includes(queryId)) return { status: 'Cancelled', rows: early, statistics: soFar };
    if (times <= looks) return { status: times === 1 ? 'Scheduled' : 'Running', rows: early, statistics: soFar };
    running.delete(queryId);
    const status = options.ends?.(asked, started.indexOf(asked)) ?? 'Complete';
    if (status !== 'Complete') return { status, rows: early, statistics: soFar };
    if (!answers.has(queryId)) answers.set(queryId, answer(asked, events));
    const { rows, recordsMatched } = (await answers.get(queryId)) ?? { rows: [], recordsMatched: 0 };
    const from = Number(token ?? 0);
    const statistics = { recordsScanned: recordsMatched, recordsMatched, bytesScanned: bytesAll };
    if (cutAt !== undefined)
      return { status, rows: rows.slice(0, cutAt), statistics, ...(rows.length >= cutAt && { cutAt }) };
    const nextToken = from + rowsAPage < rows.length && String(from + rowsAPage);
    // A page begins with the last row of the one before, which is the most that may go wrong between two.
    return {
      status,
      rows: rows.slice(Math.max(0, from - 1), from + rowsAPage),
      statistics,
      ...(nextToken && { nextToken }),
    };
  };

  const logs: LogsPort = {
    findGroup: async (name) => {
      note('findGroup');
      return { name, class: 'STANDARD', storedBytes: 0, createdAt: startMs, ...options.group };
    },
    startQuery: async (asked) => {
      note('startQuery');
      if (running.size >= room()) return 'busy';
      const queryId = `query-${started.push(asked) - 1}`;
      running.add(queryId);
      return { queryId };
    },
    results: async (queryId, token) => {
      note('results');
      return pageOf(queryId, token);
    },
    stopQuery: async (queryId, signal) => {
      note('stopQuery');
      signal.throwIfAborted();
      if (options.cannotStop) throw new Error('no');
      stopped.push(queryId);
      running.delete(queryId);
    },
  };
  const ports = { logs, clock, random: options.random ?? (() => 0.5), turn: createTurns({ perSecond: 4 }, clock) };
  return { clock, ports, started, stopped, running, calls };
}

async function answer({ text, range, limit }: AskedQuery, all: readonly WorldEvent[]) {
  const isAsked = (atMs: number) => atMs >= range.startSeconds * 1000 && atMs < (range.endSeconds + 1) * 1000;
  async function* events() {
    for (const [at, { atMs, message }] of all.entries())
      if (isAsked(atMs)) yield { timestampMs: atMs, message, logStream: 'kube-apiserver-audit-1', ptr: `log:${at}` };
  }
  const { columns, rows, statistics } = await runQuery(compileQuery(text), events());
  return { rows: rows.map((row) => rowOf(columns, row)).slice(0, limit), recordsMatched: statistics.recordsMatched };
}
