import { expect, it } from 'vitest';
import { rowOf } from '../../../shared/log-files/row-of.ts';
import { resultOf } from '../log-insights-ql/run-over.ts';

const rowsOf = async (query: string) => {
  const { columns, rows } = await resultOf(query, [{ n: 1.5, yes: true, nothing: null }, { n: 2 }]);
  return rows.map((row) => rowOf(columns, row));
};

it.each<[string, object[]]>([
  [
    'fields @timestamp, n, yes, nothing | sort n asc',
    [
      { '@timestamp': '1970-01-01 00:00:00.000', n: '1.5', yes: '1', '@ptr': 'log:1' },
      { '@timestamp': '1970-01-01 00:00:01.000', n: '2', '@ptr': 'log:2' },
    ],
  ],
  [
    'stats count(*) as c, min(@timestamp) as first, max(@timestamp) as last, avg(n) by bin(1m)',
    [{ 'bin(1m)': '1970-01-01 00:00:00.000', c: '2', first: '0', last: '1000', 'avg(n)': '1.75' }],
  ],
  ['stats latest(@timestamp) as last | sort last desc | limit 1', [{ last: '1000' }]],
  ['stats sum(missing) as s', [{}]],
])('%s is written as CloudWatch writes it', async (query, expected) => {
  expect(await rowsOf(query)).toEqual(expected);
});
