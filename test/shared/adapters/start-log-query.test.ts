import { expect, it } from 'vitest';
import { createLogsInsights } from '../../../shared/adapters/logs-insights.ts';
import { never } from '../../sandbox/aws/start-aws.ts';
import { event, group, noonSeconds, startLogs } from '../../sandbox/aws/start-logs.ts';

const range = { startSeconds: noonSeconds - 60, endSeconds: noonSeconds };

it.each([
  ['source logGroups(namePrefix: ["/aws"]) | fields verb', { line: 1, column: 1 }],
  ['# all of them\n SOURCE logGroups() | fields verb', { line: 2, column: 2 }],
])('a text that names log groups itself is refused before it is sent: %j', async (text, place) => {
  const { client, operations } = await startLogs();
  const started = createLogsInsights(client).startQuery({ group, text, range, limit: 100 }, never);
  await expect(started).rejects.toMatchObject({ cause: { name: 'MalformedQueryError', place } });
  expect(operations()).toEqual([]);
});

it.each([
  ['fields @timestamp\n| limit 100000', ['StartQuery', 'StartQuery']],
  ['fields @timestamp | filter verb = "| limit 99999"\n| limit 10001', ['StartQuery', 'StartQuery']],
  ['fields @timestamp\n| limit 10000', ['StartQuery']],
])('a service that gives 10,000 rows is asked for no more, by the text neither: %j', async (text, asked) => {
  const { client, logs, operations } = await startLogs(Array.from({ length: 3 }, (_, at) => event(at)));
  Object.assign(logs.settings, { knowsPages: false, scheduledPolls: 0, runningPolls: 0 });
  const port = createLogsInsights(client);
  const limit = Number(/(\d+)$/.exec(text)?.[1]);
  const started = await port.startQuery({ group, text, range, limit }, never);
  expect(operations()).toEqual(asked);
  expect(started).toHaveProperty('queryId');
});

it('what is wrong with a text is told, and not what is wrong with a lower limit', async () => {
  const { client, logs } = await startLogs();
  logs.settings.knowsPages = false;
  const text = 'fields a ? b\n| limit 100000';
  const started = createLogsInsights(client).startQuery({ group, text, range, limit: 100_000 }, never);
  await expect(started).rejects.toThrow(/line 1, column 10/);
});

it('a field may be called source', async () => {
  const { client } = await startLogs();
  const text = 'fields source';
  await expect(createLogsInsights(client).startQuery({ group, text, range, limit: 1 }, never)).resolves.toHaveProperty(
    'queryId',
  );
});
