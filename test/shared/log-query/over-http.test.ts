import { describe, expect, it } from 'vitest';
import { createLogsInsights } from '../../../shared/adapters/logs-insights.ts';
import { runLogQuery } from '../../../shared/log-query/run-log-query.ts';
import { never } from '../../sandbox/aws/start-aws.ts';
import { event, group, noonSeconds, startLogs } from '../../sandbox/aws/start-logs.ts';

const range = { startSeconds: noonSeconds - 120, endSeconds: noonSeconds - 1 };
const query = { text: 'fields @timestamp, id | sort @timestamp asc | limit 100000', mergeable: true };
// Among them the first and the last millisecond of each second.
const events = Array.from({ length: 480 }, (_, id) => event(120_000 - id * 250 - (id % 2) * 249, { id }));

async function start() {
  const { client, logs } = await startLogs(events);
  let now = noonSeconds * 1000;
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number, signal: AbortSignal) => {
      signal.throwIfAborted();
      // The time limit of a call is taken back long before it is over.
      if (milliseconds >= 5_000)
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      now += milliseconds;
    },
  };
  return { logs, ports: { logs: createLogsInsights(client), clock, random: () => 0.5, turn: async () => {} } };
}

describe('a run over the SDK', () => {
  it('splits a range, and has every event once and in order', async () => {
    const { logs, ports } = await start();
    const { rows, partial } = await runLogQuery({ group, query, range, rowsAtOnce: 100 }, ports, never);
    expect(logs.queries.size).toBeGreaterThan(5);
    expect(rows.map(({ id }) => Number(id))).toEqual(events.map((_, id) => id));
    expect(partial).toBeUndefined();
  });

  it('reads a range that begins before the log does, also when parts of it are wholly before', async () => {
    const { logs, ports } = await start();
    const early = { ...range, startSeconds: noonSeconds - 86_400 * 200 };
    const { rows, partial } = await runLogQuery({ group, query, range: early, rowsAtOnce: 100 }, ports, never);
    expect(logs.queries.size).toBeGreaterThan(5);
    expect(rows.map(({ id }) => Number(id))).toEqual(events.map((_, id) => id));
    expect(partial).toBeUndefined();
    const before = { startSeconds: early.startSeconds, endSeconds: early.startSeconds + 60 };
    await expect(runLogQuery({ group, query, range: before }, ports, never)).rejects.toThrow(
      /end date and time|log group/i,
    );
  });

  it('leaves nothing running when it is aborted', async () => {
    const { logs, ports } = await start();
    logs.settings.runningPolls = 1_000;
    const controller = new AbortController();
    let looks = 0;
    const progress = () => {
      if (++looks === 3) controller.abort(new Error('enough'));
    };
    const run = runLogQuery({ group, query, range }, { ...ports, progress }, controller.signal);
    await expect(run).rejects.toThrow(/^enough$/);
    expect([...logs.queries.values()].map(({ status }) => status)).toEqual(['Cancelled']);
  });
});
