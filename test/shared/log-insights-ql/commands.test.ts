import { describe, expect, it } from 'vitest';
import { compileQuery } from '../../../shared/log-insights-ql/compile-query.ts';
import type { LogEvent } from '../../../shared/log-insights-ql/log-event.ts';
import { runQuery } from '../../../shared/log-insights-ql/run-query.ts';
import { resultOf, rowsOf } from './run-over.ts';

const pods = [
  { n: 3, ns: 'shop', who: 'ann' },
  { n: 1, ns: 'bank', who: 'bob' },
  { n: 20, ns: 'shop' },
  { n: 2, ns: 'bank', who: 'ann' },
];

describe('a query of a log', () => {
  it.each<[string, unknown[]]>([
    [
      'fields n as number, ns | sort n asc | limit 2',
      [
        { number: 1, ns: 'bank' },
        { number: 2, ns: 'bank' },
      ],
    ],
    ['fields n | sort n desc', [{ n: 20 }, { n: 3 }, { n: 2 }, { n: 1 }]],
    ['fields n | limit 2', [{ n: 2 }, { n: 20 }]],
    ['sort n asc | limit 1 | fields who, n', [{ who: 'bob', n: 1 }]],
    ['fields n, ns, who | display n | sort ns asc, n desc', [{ n: 2 }, { n: 1 }, { n: 20 }, { n: 3 }]],
    ['fields n | filter n > 1 # not one\n| filter ns = "bank"', [{ n: 2 }]],
    ['sort n desc | limit 3 | filter n < 3 | display n', [{ n: 2 }]],
    ['fields n*2 | sort n asc | limit 1', [{ 'n*2': 2 }]],
    ['fields n+1 as more, more*2 as twice | filter twice = 8 | display twice, more', [{ twice: 8, more: 4 }]],
    ['FIELDS n AS m | FILTER n IN [1, "20"] AND NOT n = 1', [{ m: 20 }]],
    [
      'fields n, who | dedup who',
      [
        { n: 2, who: 'ann' },
        { n: 20, who: null },
        { n: 1, who: 'bob' },
      ],
    ],
    ['fields n | sort n asc | dedup ns | limit 1', [{ n: 1 }]],
    ['fields n | sort n asc | dedup ns, who', [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 20 }]],
    [
      'stats count(*) as c by ns | sort ns asc',
      [
        { ns: 'bank', c: 2 },
        { ns: 'shop', c: 2 },
      ],
    ],
    ['stats count(*) as c by ns, who | filter c > 1', []],
    ['stats sum(n) as s by ns | stats max(s) as most', [{ most: 23 }]],
    ['stats count(*) as c by ns as space | dedup c', [{ space: 'shop', c: 2 }]],
    ['stats max(n) as top, min(n) as low, top - low as span', [{ top: 20, low: 1, span: 19 }]],
    ['filter n > 100 | stats count(*)', []],
    [
      'stats count(*) as c by bin(2s)',
      [
        { 'bin(2s)': 0, c: 2 },
        { 'bin(2s)': 2000, c: 2 },
      ],
    ],
  ])('%s', async (query, expected) => {
    expect(await rowsOf(query, pods)).toEqual(expected);
  });

  it('shows time and message of the newest events first when it names no field', async () => {
    const { columns, rows } = await resultOf('filter ns = "bank"', pods);
    expect(columns).toEqual([
      { name: '@timestamp', instant: true },
      { name: '@message', instant: false },
    ]);
    expect(rows.map(({ ptr }) => ptr)).toEqual(['log:4', 'log:2']);
    expect(rows[0]?.values).toEqual([3000, JSON.stringify(pods[3])]);
  });

  it('says which columns are instants', async () => {
    const query =
      'fields @timestamp as at, n | stats min(at) as first, latest(@timestamp) as last, sum(n) as s by bin(1m)';
    const { columns, rows } = await resultOf(query, pods);
    expect(columns.filter(({ instant }) => instant).map(({ name }) => name)).toEqual(['bin(1m)', 'first', 'last']);
    expect(rows).toEqual([{ values: [0, 0, 3000, 26], ptr: null }]);
  });

  it('counts what it scanned and what matched', async () => {
    const { statistics } = await resultOf('filter ns = "bank" | stats count(*) as c by who | filter c > 5', pods);
    expect(statistics).toEqual({ recordsScanned: 4, recordsMatched: 2 });
  });

  it('tells of events whose JSON is broken, and sees no field in them', async () => {
    const { rows, broken } = await resultOf('fields n, ispresent(n) as there', ['{"n":1', { n: 2 }, 'no JSON']);
    expect(rows.map(({ values }) => values)).toEqual([
      [null, 0],
      [2, 1],
      [null, 0],
    ]);
    expect(broken).toEqual({ count: 1, firstPtrs: ['log:1'] });
  });

  it('stops in the middle of a log when it is told to', async () => {
    const controller = new AbortController();
    let read = 0;
    async function* endless(): AsyncGenerator<LogEvent> {
      for (; ; read++) {
        if (read === 3) controller.abort(new Error('enough'));
        yield { timestampMs: 0, message: '{}', logStream: 'audit', ptr: '' };
      }
    }
    await expect(runQuery(compileQuery('limit 1'), endless(), controller)).rejects.toThrow('enough');
    expect(read).toBe(3);
  });

  it('gives at most 10,000 rows unless it says how many', async () => {
    const many = Array.from({ length: 10_001 }, (_, n) => ({ n }));
    expect(await rowsOf('fields n', many)).toHaveLength(10_000);
    expect(await rowsOf('fields n | limit 10001', many)).toHaveLength(10_001);
  });
});

describe('parse', () => {
  const line = 'user=ann took 12ms (cache *) in eu';
  it.each<[string, unknown]>([
    ['parse @message "user=* took *ms" as who, ms | display who, ms', { who: 'ann', ms: '12' }],
    ['parse @message "(*) in *" as what, where', { what: 'cache *', where: 'eu' }],
    ['parse @message /user=(?<who>\\w+) (took|lost) (?<ms>\\d+)/ | display who, ms', { who: 'ann', ms: '12' }],
    ['parse @message /took (?<ms>\\d+)/ | fields ms / 4 as quarter | display quarter', { quarter: 3 }],
    ['parse @message /(?<a>.)(?<b>o)\\k<b>/ | display a, b', { a: 't', b: 'o' }],
    ['parse @message /gone (?<x>\\d+)/ | fields coalesce(x, "-") as y | display x, y', { x: null, y: '-' }],
    ['parse @message /(?i)USER=(?<who>[a-z]+)/', { who: 'ann' }],
    ['parse @message "user=* " as who | parse who /^(?<initial>.)/', { who: 'ann', initial: 'a' }],
  ])('%s', async (query, expected) => {
    expect(await rowsOf(query, [line])).toEqual([expected]);
  });
});
