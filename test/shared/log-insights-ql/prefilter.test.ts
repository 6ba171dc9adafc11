import { describe, expect, it } from 'vitest';
import { compileQuery } from '../../../shared/log-insights-ql/compile-query.ts';

const spares = (query: string, message: unknown) => !compileQuery(query).newLineFilter()(JSON.stringify(message));

describe('a line is not parsed', () => {
  it.each([
    'filter verb = "create"',
    'filter "create" = verb and n = 1',
    'filter n = 1 | parse @message /(?<x>.)/ | filter verb in ["create", "patch"]',
    'fields verb as v | filter verb = "create" or verb = "patch" | stats count(*) by v',
  ])('if it lacks what a field must be: %s', (query) => {
    expect(spares(query, { verb: 'get', n: 1 })).toBe(true);
    expect(spares(query, { verb: 'create', n: 1 })).toBe(false);
    expect(compileQuery(query).newLineFilter()('{"verb":"\\u0063reate"}')).toBe(true);
  });

  it.each([
    'filter verb != "create"',
    'filter not (verb = "create")',
    'filter verb not in ["create"]',
    'filter verb = "create" or n = 1',
    'filter verb in ["create", "12"]',
    'filter n = "1"',
    'fields "x" as verb | filter verb = "create"',
    'parse @message /(?<verb>g)/ | filter verb = "create"',
    'limit 5 | filter verb = "create"',
    'stats count(*) by verb | filter verb = "create"',
  ])('only where that is certain: %s', (query) => {
    expect(spares(query, { verb: 'get', n: 1 })).toBe(false);
  });
});

it('a need that every line fulfils is soon not looked at any more', () => {
  const mayMatch = compileQuery('filter stage = "Complete"').newLineFilter();
  for (let line = 0; line < 300; line++) mayMatch('{"stage":"Complete"}');
  expect(mayMatch('{"stage":"Started"}')).toBe(true);
});
