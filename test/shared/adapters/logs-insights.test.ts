import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { refusal } from '../../../sandbox/aws/service-faults.ts';
import { createLogsInsights } from '../../../shared/adapters/logs-insights.ts';
import type { LogsPort, ResultsPage } from '../../../shared/log-query/logs-port.ts';
import { never } from '../../sandbox/aws/start-aws.ts';
import { event, group, noonSeconds, startLogs } from '../../sandbox/aws/start-logs.ts';

const range = { startSeconds: noonSeconds - 60, endSeconds: noonSeconds };
const asked = { group, text: 'fields @timestamp, verb | sort @timestamp asc', range, limit: 100_000 };

async function start(events: Parameters<typeof startLogs>[0] = []) {
  const world = await startLogs(events);
  return { ...world, port: createLogsInsights(world.client) };
}

async function started(port: LogsPort, more: Partial<typeof asked> = {}): Promise<string> {
  const answer = await port.startQuery({ ...asked, ...more }, never);
  if (answer === 'busy') throw new Error('busy');
  return answer.queryId;
}

async function ended(port: LogsPort, queryId: string): Promise<ResultsPage> {
  for (;;) {
    const page = await port.results(queryId, undefined, never);
    if (page.status !== 'Scheduled' && page.status !== 'Running') return page;
  }
}

describe('a log group', () => {
  it('is found by its whole name, beside those that begin with it', async () => {
    const { port, logs } = await start([event(1)]);
    logs.addGroup(`${group}-old`);
    logs.addGroup('eternal', { class: 'INFREQUENT_ACCESS', createdAt: 5 });
    expect(await port.findGroup(group, never)).toEqual({
      name: group,
      class: 'STANDARD',
      retentionDays: 90,
      createdAt: Date.UTC(2025, 0, 1),
      storedBytes: event(1).message.length + 26,
    });
    const eternal = { name: 'eternal', class: 'INFREQUENT_ACCESS', createdAt: 5, storedBytes: 0 };
    expect(await port.findGroup('eternal', never)).toEqual(eternal);
    expect(await port.findGroup('/aws/eks/prod', never)).toBeUndefined();
  });
});

describe('a query', () => {
  it('ends with its rows, each value a text, none for what is missing, and what it scanned', async () => {
    const events = [event(1_500, { verb: 'create' }), event(0)];
    const { port } = await start(events);
    const queryId = await started(port);
    const page = await port.results(queryId, undefined, never);
    expect(page).toMatchObject({ status: 'Scheduled', rows: [] });
    expect(await ended(port, queryId)).toEqual({
      status: 'Complete',
      rows: [
        { '@timestamp': '2026-01-31 11:59:58.500', verb: 'create', '@ptr': expect.any(String) },
        { '@timestamp': '2026-01-31 12:00:00.000', '@ptr': expect.any(String) },
      ],
      statistics: {
        recordsScanned: 2,
        recordsMatched: 2,
        bytesScanned: events.reduce((sum, { message }) => sum + message.length + 26, 0),
      },
    });
  });

  it('keeps a column whatever it is called', async () => {
    const { port } = await start([event(1, { verb: 'get' })]);
    const { rows } = await ended(port, await started(port, { text: 'fields verb as __proto__ | display __proto__' }));
    expect(Object.entries(rows[0] ?? {})).toContainEqual(['__proto__', 'get']);
  });

  it('has all of its first and its last second, so that ranges that meet have every event once', async () => {
    const offsets = [2_001, 2_000, 1_999, 1_001, 1_000, 500, 1, 0, -1, -999, -1_000];
    const { port } = await start(offsets.map((offset) => event(offset)));
    const countOf = async (startSeconds: number, endSeconds: number) => {
      const text = 'stats count(*) as n';
      const page = await ended(port, await started(port, { text, range: { startSeconds, endSeconds } }));
      return Number(page.rows[0]?.n);
    };
    expect(await countOf(noonSeconds - 2, noonSeconds)).toBe(9);
    expect([await countOf(noonSeconds - 2, noonSeconds - 1), await countOf(noonSeconds, noonSeconds)]).toEqual([6, 3]);
  });

  it('is read page by page', async () => {
    const { port, logs } = await start(Array.from({ length: 10_001 }, () => event(1)));
    Object.assign(logs.settings, { scheduledPolls: 0, runningPolls: 0 });
    const queryId = await started(port);
    const first = await port.results(queryId, undefined, never);
    const second = await port.results(queryId, first.nextToken, never);
    expect([first.rows.length, second.rows.length, second.nextToken]).toEqual([10_000, 1, undefined]);
    expect(new Set([...first.rows, ...second.rows].map((row) => row['@ptr'])).size).toBe(10_001);
    expect(first.cutAt).toBeUndefined();
  });

  it('has one page of 10,000 rows where there are no pages, and says that there may be more', async () => {
    const { port, logs, operations } = await start(Array.from({ length: 10_001 }, () => event(1)));
    Object.assign(logs.settings, { scheduledPolls: 0, runningPolls: 0, knowsPages: false });
    const queryId = await started(port);
    const page = await port.results(queryId, undefined, never);
    expect([page.rows.length, page.nextToken, page.cutAt]).toEqual([10_000, undefined, 10_000]);
    expect(operations()).toEqual(['StartQuery', 'StartQuery', 'GetQueryResults']);
    logs.settings.knowsPages = true;
    const few = await ended(port, await started(port, { text: 'fields @timestamp | limit 9' }));
    expect([few.rows.length, few.cutAt]).toEqual([9, undefined]);
  });

  it('finds out that there are no pages when it reads what another process started', async () => {
    const { port, logs, client, operations } = await start([event(1)]);
    Object.assign(logs.settings, { scheduledPolls: 0, runningPolls: 0 });
    const queryId = await started(port);
    logs.settings.knowsPages = false;
    const another = createLogsInsights(client);
    expect((await another.results(queryId, undefined, never)).rows).toHaveLength(1);
    expect((await another.results(queryId, undefined, never)).rows).toHaveLength(1);
    expect(operations().slice(1)).toEqual(['GetQueryResults', 'GetQueryResults', 'GetQueryResults']);
    await expect(another.results('none', undefined, never)).rejects.toThrow('ResourceNotFoundException');
  });

  it('does not take a page that is no longer to be had for the first', async () => {
    const { port } = await start([event(1)]);
    const queryId = await started(port);
    await expect(port.results(queryId, 'old', never)).rejects.toThrow(
      `reading the results of query ${queryId}: InvalidParameterException: The specified nextToken is invalid.`,
    );
  });

  it.each(['Failed', 'Cancelled', 'Timeout', 'Unknown'] as const)('tells that it ended as %s', async (status) => {
    const { port, logs } = await start([event(1)]);
    logs.settings.ends.push(status);
    expect(await ended(port, await started(port))).toMatchObject({ status, rows: [] });
  });

  it('is stopped, and it is of no consequence when it had ended or nobody knows it', async () => {
    const { port, logs } = await start();
    const [stopped, done] = [await started(port), await started(port)];
    await ended(port, done);
    for (const queryId of [stopped, stopped, done, 'none']) await port.stopQuery(queryId, never);
    expect([stopped, done].map((id) => logs.queries.get(id)?.status)).toEqual(['Cancelled', 'Complete']);
  });

  it('is not started while as many run as may', async () => {
    const { port, logs } = await start();
    logs.settings.maxConcurrent = 0;
    expect(await port.startQuery(asked, never)).toBe('busy');
  });

  it.each([
    ['fields @timestamp\n| fliter a = 1', 2, 3],
    ['fliter a = 1', 1, 1],
    ['# all\n\n# of it\n| fields verb\n| fliter a = 1', 5, 3],
  ])('tells where %j is wrong, in its own lines and columns', async (text, line, column) => {
    const { port } = await start();
    const error = await started(port, { text }).catch((reason: Error) => reason);
    const message = expect.stringMatching(
      `^starting a query of log group ${group}: MalformedQueryError: line ${line}, `,
    );
    const cause = { name: 'MalformedQueryError', place: { line, column }, cause: { name: 'MalformedQueryException' } };
    expect(error).toMatchObject({ message, cause });
  });

  it.each(['# all\nfields verb', '\n | fields verb', 'fields verb # all'])('may be written as %j', async (text) => {
    const { port, logs } = await start([event(0), event(-1_000)]);
    expect((await ended(port, await started(port, { text }))).rows).toHaveLength(1);
    expect(logs.queries.size).toBe(1);
  });

  it.each([
    ['before the log group began', 0, 1],
    ['before what it still keeps', 0, noonSeconds - 91 * 86_400],
  ])(
    'is refused as outside the log when its range is over %s, not as malformed',
    async (_, startSeconds, endSeconds) => {
      const { port } = await start();
      const error = await started(port, { range: { startSeconds, endSeconds } }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        cause: { name: 'OutsideLogError', message: expect.stringContaining('end date and time') },
      });
    },
  );

  it('is asked for once when the service refuses it for something else than its limit', async () => {
    const { port, logs, operations } = await start();
    logs.addGroup('delivered', { class: 'DELIVERY' });
    await expect(started(port, { group: 'delivered', limit: 10_000 })).rejects.toThrow('InvalidParameterException');
    expect(operations()).toEqual(['StartQuery']);
  });

  it('cannot be started where there is no log group', async () => {
    const { port } = await start();
    await expect(started(port, { group: 'none' })).rejects.toThrow(
      'starting a query of log group none: ResourceNotFoundException: ',
    );
  });
});

describe('trouble', () => {
  const calls: [string, string, (port: LogsPort, queryId: string) => Promise<unknown>][] = [
    ['DescribeLogGroups', `describing log group ${group}`, (port) => port.findGroup(group, never)],
    ['StartQuery', `starting a query of log group ${group}`, (port) => port.startQuery(asked, never)],
    ['GetQueryResults', 'reading the results of query', (port, id) => port.results(id, undefined, never)],
    ['StopQuery', 'stopping query', (port, id) => port.stopQuery(id, never)],
  ];

  it.each(calls)('%s comes through throttling, a broken service and a reset', async (operation, _, call) => {
    const { sandbox, port, operations } = await start();
    const queryId = await started(port);
    const match = new RegExp(`^${operation}$`);
    sandbox.faults.add({ service: 'logs', match, times: 2, effect: refusal('logs', 'throttled') });
    sandbox.faults.add({ service: 'logs', match, times: 1, effect: refusal('logs', 'broken') });
    sandbox.faults.add({ service: 'logs', match, times: 1, effect: { reset: 'before' } });
    await call(port, queryId);
    expect(operations().slice(1)).toEqual(Array(5).fill(operation));
  });

  it.each(calls)('%s that is not allowed is asked once, and says what for', async (operation, doing, call) => {
    const { sandbox, port, operations } = await start();
    const queryId = await started(port);
    sandbox.faults.add({ service: 'logs', match: /./, effect: refusal('logs', 'denied') });
    const error = await call(port, queryId).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: expect.stringContaining(doing), cause: { name: 'AccessDeniedException' } });
    expect(operations().slice(1)).toEqual([operation]);
  });

  it('of a start whose answer was lost leaves two queries, of which one is read', async () => {
    const { sandbox, port, logs } = await start([event(1)]);
    sandbox.faults.add({ service: 'logs', match: /^StartQuery$/, times: 1, effect: { reset: 'after' } });
    const queryId = await started(port);
    expect(logs.queries.size).toBe(2);
    expect((await ended(port, queryId)).rows).toHaveLength(1);
  });

  it('ends with the reason of its signal', async () => {
    const { sandbox, clientOptions } = await start();
    sandbox.faults.add({ match: /./, effect: { delayMs: 60_000 } });
    const stop = new AbortController();
    const answer = createLogsInsights(new CloudWatchLogsClient(clientOptions)).results('any', undefined, stop.signal);
    stop.abort(new Error('out of time'));
    await expect(answer).rejects.toThrow(/^out of time$/);
  });
});
