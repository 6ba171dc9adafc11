import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../shared/log-insights/catalogue.ts';
import { compileQuery } from '../../../shared/log-insights-ql/compile-query.ts';
import { askedOf } from '../../../shared/log-query/asked.ts';
import { wishFor } from './run-wish.ts';

const of = (text: string, rowsAtOnce?: number, mergeable = true) =>
  askedOf(wishFor(1, { query: { text, mergeable }, ...(rowsAtOnce && { rowsAtOnce }) }));

describe('what is asked of the service', () => {
  it.each([
    [
      'all that it gives, of a text without a limit',
      'fields a',
      undefined,
      'fields a',
      100_000,
      Number.POSITIVE_INFINITY,
    ],
    [
      'all that it gives, of a text that says so',
      'fields a\n| limit 100000',
      undefined,
      'fields a\n| limit 100000',
      100_000,
      Number.POSITIVE_INFINITY,
    ],
    ['the rows that a text wants', 'fields a | limit 50', undefined, 'fields a | limit 50', 50, 50],
    [
      'no more at once than is said',
      'fields a | LIMIT 100000 ',
      10_000,
      'fields a | LIMIT 10000',
      10_000,
      Number.POSITIVE_INFINITY,
    ],
    ['the rows that a text wants, in parts', 'fields a | limit 50', 20, 'fields a | limit 20', 20, 50],
    [
      'no limit that is no command',
      'filter m like /x | limit 5/',
      undefined,
      'filter m like /x | limit 5/',
      100_000,
      Number.POSITIVE_INFINITY,
    ],
  ])('is %s', (_, text, atOnce, sent, limit, wanted) => {
    expect(of(text, atOnce)).toMatchObject({ text: sent, limit, wanted });
  });

  it.each([
    ['fields a', []],
    ['fields a | sort a', [{ column: 'a', descending: false }]],
    ['fields a | sort a asc | limit 5', [{ column: 'a', descending: false }]],
    [
      'fields a\n| sort @timestamp desc, `x/y-z`,b.0 DESC\n| limit 5',
      [
        { column: '@timestamp', descending: true },
        { column: 'x/y-z', descending: false },
        { column: 'b.0', descending: true },
      ],
    ],
  ])('is sorted as it ends: %s', (text, sort) => {
    expect(of(text)).toMatchObject({ sort, splittable: true });
  });

  it.each([
    'fields a | sort a + b',
    'fields a | sort a | display b',
    'limit 5 | sort a',
    'fields a | dedup a',
    'fields a | limit any 5',
  ])('is not split when its end cannot be done over again: %s', (text) => {
    expect(of(`fields z | ${text}`).splittable).toBe(false);
  });

  it('is not split when the query may not be', () => {
    expect(of('fields a', undefined, false).splittable).toBe(false);
  });

  it.each(catalogue.filter(({ mergeable }) => mergeable).map((query) => [query.id, query] as const))(
    'can be put together of parts: %s',
    (_, query) => {
      const { splittable, wanted, sort } = askedOf(wishFor(1, { query: { ...query, text: query.template } }));
      expect([splittable, wanted]).toEqual([true, Number.POSITIVE_INFINITY]);
      const columns = compileQuery(query.template).columns.map(({ name }) => name);
      // Parts of the range are in the order of time anyway.
      const others = sort.slice(sort[0]?.column === '@timestamp' && !query.aggregates ? 1 : 0);
      expect(columns).toEqual(expect.arrayContaining(others.map(({ column }) => column)));
      if (query.aggregates) expect(columns).toEqual(expect.arrayContaining(Object.keys(query.aggregates)));
    },
  );
});
