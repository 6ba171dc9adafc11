import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../sandbox/aws/aws-error.ts';
import { logsRefusal } from '../../../sandbox/aws/logs-service.ts';
import { clientDefaults } from '../../../shared/adapters/client-defaults.ts';
import { createLogsInsights } from '../../../shared/adapters/logs-insights.ts';
import { realClock } from '../../../shared/adapters/real-clock.ts';
import type { QueryWish } from '../../../shared/log-query/query-wish.ts';
import { runLogQuery } from '../../../shared/log-query/run-log-query.ts';
import type { Clock } from '../../../shared/ports.ts';
import { never } from '../../sandbox/aws/start-aws.ts';
import { event, group, noonSeconds, startLogs } from '../../sandbox/aws/start-logs.ts';

const attempts = clientDefaults.maxAttempts;

/** Waits between looks are over at once; how long an answer may take is real. */
function hastyClock(): Clock {
  let skippedMs = 0;
  return {
    now: () => realClock.now() + skippedMs,
    sleep: (milliseconds, signal) => {
      if (milliseconds > 30_000) return realClock.sleep(milliseconds, signal);
      skippedMs += milliseconds;
      return realClock.sleep(0, signal);
    },
  };
}

async function start(events: Parameters<typeof startLogs>[0]) {
  const { sandbox, logs, client, operations } = await startLogs(events);
  Object.assign(logs.settings, { scheduledPolls: 0, runningPolls: 0 });
  const ports = { logs: createLogsInsights(client), clock: hastyClock(), random: () => 0, turn: async () => {} };
  const range = { startSeconds: noonSeconds - 30, endSeconds: noonSeconds };
  const run = (query: QueryWish['query']) => runLogQuery({ group, query, range, rowsAtOnce: 500 }, ports, never);
  return { sandbox, logs, run, operations };
}

const every = (stepMs: number, count: number, more: (at: number) => Record<string, unknown> = () => ({})) =>
  Array.from({ length: count }, (_, at) => event(at * stepMs - 999, more(at)));

describe('a run over HTTP', () => {
  it('has every event once, in order, when it is read in parts of its range', async () => {
    const { run, operations } = await start(every(25, 1_050, (id) => ({ id })));
    const { rows, partial } = await run({ text: 'fields id\n| sort @timestamp asc', mergeable: true });
    expect(partial).toBeUndefined();
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 1_050 }, (_, at) => String(1_049 - at)));
    expect(operations().filter((name) => name === 'StartQuery').length).toBeGreaterThan(2);
  });

  it('counts every event once where two parts of its range meet', async () => {
    const { run } = await start(every(25, 1_200, (at) => ({ id: at % 600 })));
    const text = 'stats count(*) as n by id';
    const { rows, partial } = await run({ text, mergeable: true, aggregates: { n: 'sum' } });
    expect([rows.length, partial]).toEqual([600, undefined]);
    expect(rows.filter(({ n }) => n !== '2')).toEqual([]);
  });

  it('waits while as many queries run in the account as may', async () => {
    const { run, sandbox, operations } = await start(every(1, 3));
    const effect = { answer: logsRefusal(new AwsError(400, 'LimitExceededException', 'as many run as may')) };
    sandbox.faults.add({ service: 'logs', match: /^StartQuery$/, times: attempts, effect });
    expect((await run({ text: 'fields @timestamp', mergeable: true })).rows).toHaveLength(3);
    expect(operations().filter((name) => name === 'StartQuery')).toHaveLength(attempts + 1);
  });

  it('fails as its query does, and says how that ended', async () => {
    const { logs, run } = await start(every(1, 3));
    logs.settings.ends.push('Failed');
    await expect(run({ text: 'fields @timestamp', mergeable: true })).rejects.toThrow(/^query \S+ ended as Failed/);
  });
});
