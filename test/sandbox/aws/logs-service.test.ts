import {
  DescribeLogGroupsCommand,
  GetQueryResultsCommand,
  ListTagsForResourceCommand,
  StartQueryCommand,
  type StartQueryCommandInput,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { event, group, noonSeconds, startLogs } from './start-logs.ts';

const lastMinute = { logGroupName: group, startTime: noonSeconds - 60, endTime: noonSeconds };
const named = (name: string, message?: string) =>
  expect.objectContaining({ name, ...(message !== undefined && { message: expect.stringContaining(message) }) });

async function startWith(events: Parameters<typeof startLogs>[0] = []) {
  const world = await startLogs(events);
  const start = async (queryString: string, more: Partial<StartQueryCommandInput> = {}) =>
    (await world.client.send(new StartQueryCommand({ ...lastMinute, queryString, ...more }))).queryId;
  const read = (queryId: string | undefined, more = {}) =>
    world.client.send(new GetQueryResultsCommand({ queryId, ...more }));
  const whole = async (...asked: Parameters<typeof start>) => {
    const queryId = await start(...asked);
    for (;;) {
      const answer = await read(queryId);
      if (answer.status !== 'Scheduled' && answer.status !== 'Running') return answer;
    }
  };
  return { ...world, start, read, whole };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Operations.html */
describe('CloudWatch Logs of the sandbox', () => {
  it('is Scheduled, then Running with rows that are not all, then Complete with all', async () => {
    const { start, read } = await startWith([event(3), event(2), event(1)]);
    const queryId = await start('fields @timestamp');
    const told = [await read(queryId), await read(queryId), await read(queryId), await read(queryId)];
    expect(told.map(({ status, results }) => [status, results?.length])).toEqual([
      ['Scheduled', 0],
      ['Running', 2],
      ['Complete', 3],
      ['Complete', 3],
    ]);
  });

  it('gives rows as lists of fields and values, with the pointer of an event, and without what is not there', async () => {
    const { whole } = await startWith([event(1000, { verb: 'create', code: 429 }), event(0, { verb: 'get' })]);
    const { results } = await whole('fields @timestamp, verb, code | sort @timestamp asc');
    const ptr = { field: '@ptr', value: expect.any(String) };
    expect(results).toEqual([
      [
        { field: '@timestamp', value: '2026-01-31 11:59:59.000' },
        { field: 'verb', value: 'create' },
        { field: 'code', value: '429' },
        ptr,
      ],
      [{ field: '@timestamp', value: '2026-01-31 12:00:00.000' }, { field: 'verb', value: 'get' }, ptr],
    ]);
    expect((await whole('stats count(*) as n')).results).toEqual([[{ field: 'n', value: '2' }]]);
  });

  it('counts what it scanned and what matched', async () => {
    const events = [event(1, { verb: 'get' }), event(2, { verb: 'list' })];
    const { whole } = await startWith(events);
    const { statistics } = await whole('filter verb = "get"');
    const bytesScanned = events.reduce((sum, { message }) => sum + message.length + 26, 0);
    expect(statistics).toEqual({ recordsMatched: 1, recordsScanned: 2, bytesScanned });
  });

  it('takes both ends of a range for the first millisecond of their second, and includes them', async () => {
    const { whole } = await startWith([event(60_001), event(60_000), event(0), event(-1)]);
    expect((await whole('fields @timestamp')).results).toHaveLength(2);
  });

  it('gives more than 10,000 rows 10,000 at a time', async () => {
    const events = Array.from({ length: 20_001 }, () => event(1));
    const { start, read, logs } = await startWith(events);
    Object.assign(logs.settings, { scheduledPolls: 0, runningPolls: 0 });
    const queryId = await start('fields @timestamp', { limit: 100_000 });
    const pages: number[] = [];
    let nextToken: string | undefined;
    do {
      const page = await read(queryId, { nextToken, maxItems: 10_000 });
      pages.push(page.results?.length ?? 0);
      nextToken = page.nextToken;
    } while (nextToken);
    expect(pages).toEqual([10_000, 10_000, 1]);
  });

  it('gives as many rows as the text says, or the request, or 10,000', async () => {
    const { whole } = await startWith(Array.from({ length: 10_001 }, () => event(1)));
    const countOf = async (...asked: Parameters<typeof whole>) => (await whole(...asked)).statistics?.recordsMatched;
    expect(await countOf('fields @timestamp')).toBe(10_001);
    const rowsOf = async (...asked: Parameters<typeof whole>) => {
      const { results, nextToken } = await whole(...asked);
      return [results?.length, nextToken !== undefined];
    };
    expect(await rowsOf('fields @timestamp')).toEqual([10_000, false]);
    expect(await rowsOf('fields @timestamp', { limit: 10_001 })).toEqual([10_000, true]);
    expect(await rowsOf('fields @timestamp | limit 3', { limit: 5 })).toEqual([3, false]);
  });

  it('forgets the place of a page after an hour, and knows none of another query', async () => {
    const { start, read, logs, clock } = await startWith([event(1), event(2)]);
    Object.assign(logs.settings, { scheduledPolls: 0, runningPolls: 0 });
    const [queryId, other] = [await start('fields @timestamp'), await start('fields @timestamp')];
    const { nextToken } = await read(queryId, { maxItems: 1 });
    expect((await read(queryId, { nextToken })).results).toHaveLength(1);
    await expect(read(other, { nextToken })).rejects.toEqual(named('InvalidParameterException'));
    await expect(read(queryId, { nextToken: 'none' })).rejects.toEqual(named('InvalidParameterException'));
    await clock.advance(3_600_001);
    await expect(read(queryId, { nextToken })).rejects.toEqual(named('InvalidParameterException'));
  });

  it.each<[string, Partial<StartQueryCommandInput>, string, string?]>([
    ['a limit of more than 100,000', { limit: 100_001 }, 'InvalidParameterException', 'limit'],
    ['no whole second', { startTime: 0.5 }, 'InvalidParameterException', 'startTime'],
    ['milliseconds in place of seconds', { endTime: noonSeconds * 1000 }, 'InvalidParameterException', 'endTime'],
    ['a group that does not exist', { logGroupName: 'none' }, 'ResourceNotFoundException'],
    ['a text that is none', { queryString: 'fields @timestamp\n| fliter a = 1' }, 'MalformedQueryException', 'fliter'],
    [
      'a range that was over before the group',
      { startTime: 0, endTime: 1 },
      'MalformedQueryException',
      'creation time',
    ],
    [
      'a range that the group has forgotten',
      { startTime: 0, endTime: noonSeconds - 91 * 86_400 },
      'MalformedQueryException',
      'retention',
    ],
  ])('refuses to start a query with %s', async (_, wrong, name, message) => {
    const { start } = await startWith();
    await expect(start('fields @timestamp', wrong)).rejects.toEqual(named(name, message));
  });

  it('tells where a text is wrong', async () => {
    const { start } = await startWith();
    const text = 'fields @timestamp\n| fliter a = 1';
    const error = await start(text).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ queryCompileError: { location: { startCharOffset: text.indexOf('fliter') } } });
  });

  it('discovers no fields outside class STANDARD, and runs no query in class DELIVERY', async () => {
    const { whole, logs } = await startWith();
    logs.addGroup('rare', { class: 'INFREQUENT_ACCESS' });
    logs.addGroup('delivered', { class: 'DELIVERY' });
    logs.putEvents('rare', 'kube-apiserver-audit-1', [event(1, { verb: 'get' })]);
    const rare = { logGroupName: 'rare' };
    expect((await whole('filter verb = "get"', rare)).results).toEqual([]);
    const parsed = await whole('parse @message /"verb":"(?<v>[^"]+)"/ | display v', rare);
    expect(parsed.results?.[0]).toContainEqual({ field: 'v', value: 'get' });
    await expect(whole('fields @timestamp', { logGroupName: 'delivered' })).rejects.toEqual(
      named('InvalidParameterException'),
    );
  });

  it('runs so many queries at a time; one that is stopped gives up its place', async () => {
    const { start, client, logs } = await startWith();
    logs.settings.maxConcurrent = 1;
    const queryId = await start('fields @timestamp');
    await expect(start('fields @timestamp')).rejects.toEqual(named('LimitExceededException'));
    expect((await client.send(new StopQueryCommand({ queryId }))).success).toBe(true);
    await expect(start('fields @timestamp')).resolves.toBeDefined();
  });

  it('refuses to stop what has ended, or never was', async () => {
    const { whole, client, logs } = await startWith();
    await whole('fields @timestamp');
    const [queryId] = logs.queries.keys();
    const stop = (id: string | undefined) => client.send(new StopQueryCommand({ queryId: id }));
    await expect(stop(queryId)).rejects.toEqual(named('InvalidParameterException'));
    await expect(stop('none')).rejects.toEqual(named('ResourceNotFoundException'));
  });

  it('ends queries as a test says, and gives no rows then', async () => {
    const { whole, logs } = await startWith([event(1)]);
    logs.settings.ends.push('Failed', 'Timeout');
    const ends = [await whole('fields @timestamp'), await whole('fields @timestamp'), await whole('fields @timestamp')];
    expect(ends.map(({ status, results }) => [status, results?.length])).toEqual([
      ['Failed', 0],
      ['Timeout', 0],
      ['Complete', 1],
    ]);
  });

  it('gives up a query after an hour', async () => {
    const { start, read, clock } = await startWith();
    const queryId = await start('fields @timestamp');
    await clock.advance(3_600_000);
    expect((await read(queryId)).status).toBe('Timeout');
  });

  it('lists groups in the order of their names, 50 at a time', async () => {
    const { client, logs } = await startWith();
    for (let at = 59; at >= 0; at--) logs.addGroup(`many-${String(at).padStart(2, '0')}`);
    const first = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: 'many-' }));
    const { nextToken } = first;
    const second = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: 'many-', nextToken }));
    const names = [first, second].map(({ logGroups }) => logGroups?.map(({ logGroupName }) => logGroupName));
    expect(names.map((each) => each?.length)).toEqual([50, 10]);
    expect(names.flat()).toEqual(names.flat().toSorted());
    expect(second.nextToken).toBeUndefined();
  });

  it('refuses operations that it does not know', async () => {
    const { client } = await startWith();
    await expect(client.send(new ListTagsForResourceCommand({ resourceArn: group }))).rejects.toEqual(
      named('UnknownOperationException'),
    );
  });
});
