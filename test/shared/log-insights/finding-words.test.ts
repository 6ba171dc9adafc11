import { describe, expect, it, test } from 'vitest';
import { severities } from '../../../shared/audit/finding.ts';
import { catalogue, findQuery } from '../../../shared/log-insights/catalogue.ts';
import type { Row } from '../../../shared/log-insights/query.ts';

const ruled = catalogue.filter(({ severity }) => severity);
const instants = ['@timestamp', 'bin(5m)', 'start', 'end', 'first', 'last'];

describe.each(ruled.map((query) => [query.id, query] as const))('the findings of %s', (_, query) => {
  it('are told apart by words that are the same when it happens again', () => {
    const asked = new Set<string>();
    const row = new Proxy<Row>({}, { get: (_target, column) => asked.add(String(column)) && 'some value' });
    const words = [query.finding?.resource(row), query.finding?.matter(row)];
    expect(words.every((text) => text !== undefined && text !== '')).toBe(true);
    const counted = Object.entries(query.aggregates ?? {}).flatMap(([column, merge]) =>
      merge === 'first' && !instants.includes(column) ? [] : [column],
    );
    expect([...asked].filter((column) => [...counted, ...instants, 'auditID', 'ip', 'ua'].includes(column))).toEqual(
      [],
    );
  });

  it('have an instant and columns that the query gives', () => {
    const asked: string[] = [query.finding?.seen ?? 'none'];
    const row = new Proxy<Row>({}, { get: (_target, column) => void asked.push(String(column)) });
    query.finding?.matter(row);
    for (const column of asked) expect(query.template).toContain(column);
  });

  it('are as bad as the rule says first, at worst', () => {
    expect(severities).toContain(query.severity?.when.split(':')[0]);
  });
});

test('what holds an instant or changes with every request is not among the words', () => {
  const webhook = { webhook: 'w', m: 'closed', c: 'x509: certificate has expired: current time 2026-11-21T10:00:00Z' };
  expect(findQuery('webhook-failures')?.finding?.matter(webhook)).toBe('closed x509');
  const row = { requestURI: '/api/v1/pods?limit=500', verb: 'list' };
  expect(findQuery('anonymous')?.finding?.resource(row)).toBe('/api/v1/pods');
});

test('what a row does not say leaves no gap', () => {
  expect(findQuery('rbac-changes')?.finding?.resource({ res: 'clusterroles', ns: '-', name: 'x' })).toBe(
    'clusterroles/x',
  );
});
