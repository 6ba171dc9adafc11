import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { auditLog } from '../../infra/settings/audit-log.ts';
import { scheduledQueries } from '../../shared/log-audit/scheduled-queries.ts';
import { costUsd } from '../../shared/log-query/cost.ts';

const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const { overlapMinutes, maxGigabytes } = auditLog.parse({});

test('docs/operations.md says what the queries of logs cost', () => {
  const [header = '', , ...rows] =
    /(^\| a cluster that logs a day .*(?:\n\|.*)+)/m.exec(page)?.[0].split('\n') ?? expect.fail('no table');
  const columns = header
    .split('|')
    .slice(2, -1)
    .map((title) => title.trim());
  const ways = columns.map((title) => {
    const [, queries, per] = /(\d+) queries, once an? (day|hour)$/.exec(title) ?? expect.fail(title);
    return { queries: Number(queries), runs: per === 'day' ? 1 : 24 };
  });
  expect(Math.max(...ways.map(({ queries }) => queries))).toBe(scheduledQueries([]).length);
  expect(rows).toHaveLength(3);
  for (const row of rows) {
    const [gigabytes, ...told] = row
      .split('|')
      .slice(1, -1)
      .map((cell) => Number.parseFloat(cell));
    const scanned = ways.map(
      ({ queries, runs }) => queries * (Number(gigabytes) / 24) * (24 + (runs * overlapMinutes) / 60),
    );
    expect(told.map((usd) => usd.toFixed(2))).toEqual(
      scanned.map((each) => costUsd(each * 1e9, 'us-east-1').toFixed(2)),
    );
  }
});

test('and what a run may cost, and from where on it needs more', () => {
  const most = costUsd(maxGigabytes * 1e9, 'us-east-1').toFixed(2);
  expect(page).toContain(`by default ${maxGigabytes}, or ${most} USD`);
  const from = Math.floor(maxGigabytes / scheduledQueries([]).length);
  expect(page).toContain(`need more of it from ${from} GB on`);
  expect(page).toContain(`With ${overlapMinutes} minutes of overlap`);
});
