import { describe, expect, it } from 'vitest';
import { evaluated, resultOf, rowsOf } from './run-over.ts';

const doc = (page: string) => `https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-${page}.html`;
const minute = 60_000;

describe(`what ${doc('operations-functions')} says:`, () => {
  it.each<[string, unknown]>([
    ['2 ^ 3', 8],
    ['10 % 3', 1],
    ['ltrim("xyZxyfooxyZ", "xyZ")', 'fooxyZ'],
    ['rtrim("xyZfooxyxyZ", "xyZ")', 'xyZfoo'],
    ['trim("xyZxyfooxyxyZ", "xyZ")', 'foo'],
    ['substr("xyZfooxyZ", 3, 3)', 'foo'],
    ['replace("foo", "o", "0")', 'f00'],
    ['strlen("añ𝄞")', 3],
    ['strcontains("log group", "group")', 1],
    ['isempty(missing)', 1],
    ['isblank("  ")', 1],
    ['coalesce(missing, also, here)', 'x'],
    ['isIpInSubnet("192.0.2.7", "192.0.2.0/24")', 1],
    ['isIpv6InSubnet("2001:db8::1", "2001:db8::/32")', 1],
    ['greatest(2, 9, 4) - least(2, 9, 4)', 7],
  ])('%s', async (expression, expected) => {
    expect(await evaluated(expression, { here: 'x' })).toBe(expected);
  });

  it('a number of units beyond the next larger one is cut down to that', async () => {
    const events = Array.from({ length: 180 }, () => ({}));
    const starts = (await rowsOf('stats count(*) as n by bin(300s)', events)).map((row) => row['bin(300s)']);
    expect(starts).toEqual([0, minute, 2 * minute]);
    expect(await rowsOf('stats count(*) as n by bin(2500ms) as at | limit 2', events)).toMatchObject([
      { n: 1 },
      { n: 1 },
    ]);
    expect(await rowsOf('stats count(*) as n by bin(5m)', events)).toEqual([{ 'bin(5m)': 0, n: 180 }]);
  });
});

describe(`what ${doc('Stats')} says:`, () => {
  const traffic = Array.from({ length: 12 * 60 }, (_, second) => ({ bytes: second < 300 ? 1 : 2, op: second % 2 }));

  it('a second stats sums up what the first one found', async () => {
    const query =
      'FIELDS bytes AS size | STATS sum(size)/100 as all BY BIN(5m) | STATS max(all) AS most, min(all) AS least';
    expect(await rowsOf(query, traffic)).toEqual([{ most: 6, least: 2.4 }]);
  });

  it('an instant goes from the first stats to the second under a name', async () => {
    const query =
      'STATS sum(bytes) AS all BY BIN(5m) as @t | STATS max(all) AS most BY dateceil(@t, 10m) as until | sort until asc';
    expect(await rowsOf(query, traffic)).toEqual([
      { until: 0, most: 3 * 100 },
      { until: 10 * minute, most: 6 * 100 },
    ]);
  });

  it.each([
    'STATS sum(bytes) by op | STATS max(strlen(@message)) as longest',
    'STATS sum(bytes) as all by op | STATS avg(all) as mean by bin(5m)',
    'STATS sum(bytes) as all by op | sort all desc | STATS avg(all) as mean',
    'STATS sum(bytes) as all by op | limit 1 | STATS avg(all) as mean',
  ])('%s is not valid', async (query) => {
    await expect(rowsOf(query, traffic)).rejects.toThrow(/^line 1, column/);
  });

  it('earliest and latest are of the event, sortsFirst and sortsLast of the value', async () => {
    const events = [{ v: 'm9' }, { v: 'm10' }, { v: 'a' }];
    const query = 'stats earliest(v) as e, latest(v) as l, sortsFirst(v) as f, sortsLast(v) as s';
    expect(await rowsOf(query, events)).toEqual([{ e: 'm9', l: 'a', f: 'a', s: 'm10' }]);
  });
});

it(`${doc('Sort')}: no numbers before numbers, digits by their length`, async () => {
  const order = '!: # *%04 0# 5A 111A 2345_ @ @_ A A9876fghj a12345hfh 0 01 1 2 3'.split(' ');
  const sorted = await rowsOf(
    'fields v | sort v asc',
    order.toReversed().map((v) => ({ v })),
  );
  // 0 comes before 01 and both before 1: equal numbers are in no order that is told.
  const without = (values: unknown[]) => values.filter((v) => v !== '01' && v !== '1');
  expect(without(sorted.map(({ v }) => v))).toEqual(without(order));
});

it(`${doc('Display')}: the last one counts`, async () => {
  const query = 'parse @message "[*] *" as type, text | filter type = "ERROR" | display type | display text';
  expect(await rowsOf(query, ['[ERROR] no', '[INFO] yes'])).toEqual([{ text: 'no' }]);
});

describe(`what ${doc('Filter')} says:`, () => {
  it.each<[string, string[]]>([
    ['group in ["example"]', ['example']],
    ['group not in ["example"]', ['Example_2']],
    ['group like "ample_"', ['Example_2']],
    ['group =~ /^(?i)EXAMPLE$/', ['example']],
    ['group like /(?i)^EXAMPLE$/', ['example']],
    ['group not like /_/', ['example']],
    ["(size>30 and group='example') or size > 100", ['example']],
  ])('%s', async (condition, expected) => {
    const events = [
      { group: 'example', size: 31 },
      { group: 'Example_2', size: '9' },
    ];
    const rows = await rowsOf(`fields group | filter ${condition} | sort group asc`, events);
    expect(rows.map(({ group }) => group)).toEqual(expected);
  });
});

it(`${doc('Dedup')}: the first in order stays, and whatever has no value`, async () => {
  const events = [{ server: 'a', n: 1 }, { n: 2 }, { server: 'a', n: 3 }, { n: 4 }];
  const rows = await rowsOf('fields n, server | sort @timestamp desc | dedup server', events);
  expect(rows.map(({ n }) => n)).toEqual([4, 3, 2]);
});

it(`${doc('alias')}: a group may have a name, and a line of comment is none of the query`, async () => {
  const { columns, rows } = await resultOf('stats count(*) by took as time\n# | filter time > 5\n| sort time desc', [
    { took: 3 },
    { took: 20 },
    { took: 3 },
  ]);
  expect(columns.map(({ name }) => name)).toEqual(['time', 'count(*)']);
  expect(rows.map(({ values }) => values)).toEqual([
    [20, 1],
    [3, 2],
  ]);
});
