import { expect, it } from 'vitest';
import { reachMinutes } from '../../../shared/log-audit/reach-minutes.ts';
import { checkOf, schedulable, scheduledQueries } from '../../../shared/log-audit/scheduled-queries.ts';
import { scheduledText } from '../../../shared/log-audit/scheduled-text.ts';
import { askedOf } from '../../../shared/log-query/asked.ts';

const ids = (names: readonly string[]) => scheduledQueries(names).map(({ id }) => id);

it('are all that can tell a finding of a cluster without a word, and otherwise those that are named, each once', () => {
  expect(ids([]).join(' ')).toBe('Q06 Q20 Q22 Q23 Q24 Q28 Q31 Q40 Q42 Q43 Q44 Q45 Q51 Q53');
  expect(ids(['exec', 'q20', 'Q23'])).toEqual(['Q20', 'Q23']);
  expect(scheduledQueries([], { cloudTrailLogGroup: 'trail' }).map(({ id }) => id)).toContain('Q21');
});

it('throw for every name that there is no such query for', () => {
  expect(() => ids(['Q20', 'Q99', 'drain-timeline', 'Q21'])).toThrow(
    /^ENL_QUERIES: Q99 is no query; Q01 drain-timeline tells no finding.*; Q21 access-entry-changes needs ENL_CLOUDTRAIL_LOG_GROUP/,
  );
});

it.each(schedulable.map((query) => [query.id, query] as const))(
  '%s asks for all rows, of as many parts as it takes',
  (_, query) => {
    const { wanted, splittable } = askedOf({
      ...{ group: 'g', range: { startSeconds: 0, endSeconds: 1 } },
      query: { ...query, text: scheduledText(query) },
    });
    expect([wanted, splittable]).toEqual([Number.POSITIVE_INFINITY, true]);
  },
);

it.each([
  ['eviction-refused', 15],
  ['server-errors', 5],
  ['exec', 0],
])('%s counts over %i minutes', (name, minutes) => {
  expect(scheduledQueries([name]).map(reachMinutes)).toEqual([minutes]);
});

it('are checks by their ids, as bad as the worst that they find', () => {
  expect(schedulable.slice(0, 2).map(checkOf)).toMatchObject([
    { id: 'LOG-Q06', severity: 'high' },
    { id: 'LOG-Q20', severity: 'critical', title: 'Changes of aws-auth' },
  ]);
});
