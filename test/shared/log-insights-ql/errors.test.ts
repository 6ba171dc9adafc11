import { describe, expect, it } from 'vitest';
import { compileQuery } from '../../../shared/log-insights-ql/compile-query.ts';
import { QueryError } from '../../../shared/log-insights-ql/query-error.ts';

function errorOf(query: string): QueryError {
  try {
    compileQuery(query);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error(`${query} is understood`);
}

describe('a query that is not understood is an error at its place:', () => {
  it.each<[string, number, number, RegExp]>([
    ['', 1, 1, /Expected/],
    ['fields a\n| pattern @message', 2, 3, /command pattern is not known/],
    ['source "x" | fields a', 1, 1, /command source is not known/],
    ['filter a =', 1, 11, /Expected .*a text/],
    ['filter a && b', 1, 10, /"&" found/],
    ['filter a ? b', 1, 10, /"\?" found/],
    ['filter a = "x', 1, 12, /found/],
    ['filter a = "\\d"', 1, 12, /found/],
    ['filter a in [select b]', 1, 21, /"b" found/],
    ['fields a | | limit 1', 1, 12, /found/],
    ['fields user-', 1, 13, /found/],
    ['filter foo(a) = 1', 1, 8, /function foo is not known/],
    ['filter strcontains(a)', 1, 8, /does not take 1/],
    ['filter count(*) > 1', 1, 8, /only stats can/],
    ['stats max(a) as m by b | filter pct(m, 5) > 1', 1, 33, /only stats can/],
    ['filter coalesce(*) = 1', 1, 17, /only in count/],
    ['filter a = 5m', 1, 12, /period/],
    ['stats count(*) by bin(x)', 1, 19, /bin takes a period/],
    ['stats count(*) by bin(0s)', 1, 19, /bin takes a period/],
    ['stats pct(a)', 1, 7, /pct takes/],
    ['stats pct(a, 101)', 1, 14, /0 to 100/],
    ['stats sum(a, b)', 1, 7, /sum takes one/],
    ['stats a by b', 1, 7, /no field a/],
    ['stats 1 by b', 1, 7, /nothing to count/],
    ['stats max(a) as m by b | filter c = 1', 1, 33, /no field c/],
    ['stats max(a) as m by b | stats latest(m)', 1, 32, /needs events/],
    ['filter @nope = 1', 1, 8, /no field @nope/],
    ['filter a like /(/', 1, 15, /regular expression/],
    ['filter a like /\\y/', 1, 15, /regular expression/],
    ['parse a /x/', 1, 1, /names from groups/],
    ['parse a "* *" as b', 1, 1, /2 \*, 1 names/],
    ['limit 0', 1, 1, /1 to 100000/],
    ['limit 100001', 1, 1, /1 to 100000/],
    ['limit 1.5', 1, 8, /found/],
    ['dedup a | sort b asc', 1, 11, /only limit/],
    ['sort a asc | fields b as a', 1, 14, /new meaning/],
    ['limit 2 | stats count(*)', 1, 1, /limit comes after the last stats/],
    ['stats max(a) as b by c | sort b desc | stats count(*)', 1, 26, /sort comes after the last stats/],
    ['stats max(a) as b by c | stats max(b) as d by c | stats max(d)', 1, 51, /two stats/],
    ['fields a as x\n| fields b as x', 2, 3, /x has a meaning already/],
    ['fields a as x | parse x /(?<x>.)/', 1, 17, /x has a meaning already/],
    ['fields a, b | fields coalesce(a, "-") as a', 1, 15, /a has a meaning already/],
    ['fields a as x | stats max(x) as x', 1, 17, /x has a meaning already/],
    ['stats max(a) as x by b as x', 1, 1, /x has a meaning already/],
    ['stats count(*) as a by a', 1, 1, /a has a meaning already/],
    ['fields a as x | stats count(*) as n by x | fields n + 1 as x', 1, 44, /x has a meaning already/],
    ['fields a | display a as b', 1, 12, /display gives no names/],
    ['dedup a as b', 1, 1, /dedup gives no names/],
    ['filter @timestamp > "2026-11-21"', 1, 21, /toMillis/],
    ['filter a = true', 1, 12, /true is 1/],
  ])('%s', (query, line, column, reason) => {
    const error = errorOf(query);
    expect([error.line, error.column]).toEqual([line, column]);
    expect(error.message).toMatch(reason);
    expect(error.message).toMatch(`line ${line}, column ${column}: `);
  });
});
