import { expect, it } from 'vitest';
import { stretchesOf } from '../../../shared/evidence/coverage.ts';
import { coverageQuery, drainEventsQuery } from '../../../shared/evidence/evidence-query.ts';
import { rowOf } from '../../../shared/log-files/row-of.ts';
import { compileQuery } from '../../../shared/log-insights-ql/compile-query.ts';
import { runQuery } from '../../../shared/log-insights-ql/run-query.ts';
import { cordon, evict, lease, line, log, node, patch, remove, type Told } from './a-drain.ts';

async function ask(text: string, told: readonly Told[]) {
  const query = compileQuery(text);
  const events = told.map((each, index) => ({
    timestampMs: Date.parse('2026-03-01T10:00:00Z') + each.seconds * 1000,
    message: line(each, `id-${index}`),
    ...{ logStream: 'kube-apiserver-audit-0', ptr: `${index}` },
  }));
  const { rows, columns } = await runQuery(
    query,
    ReadableStream.from(events) as unknown as AsyncIterable<(typeof events)[number]>,
  );
  return rows.map((row) => rowOf(columns, row));
}

it('finds all that a drain does to a node, and no more', async () => {
  const others: Told[] = [
    { ...cordon(1), name: 'other' },
    { ...patch(1), verb: 'get' },
    { ...patch(2), subresource: 'status' },
    { ...remove(3, 'x'), verb: 'list' },
    { ...lease(4), agent: 'kube-controller-manager' },
    { ...evict(5, 'x', 201), subresource: 'log' },
    { ...evict(5, 'x', 201), subresource: 'binding', request: { target: { name: 'other' } } },
  ];
  const bound = { ...evict(6, 'x', 201), subresource: 'binding', request: { target: { kind: 'Node', name: node } } };
  const wanted = [...Object.values(log), bound].sort((a, b) => a.seconds - b.seconds);
  const rows = await ask(drainEventsQuery(node).text, [...wanted, ...others]);
  expect(rows.map((row) => row['@message'])).toEqual(wanted.map((each, index) => line(each, `id-${index}`)));
});

it.each(['a" or 1=1', 'a/b', "x'", 'a\nb', '{{node}}', 'A', ''])('takes %j for no name of a node', (name) => {
  expect(() => drainEventsQuery(name)).toThrow(/is not a Kubernetes name/);
});

it('puts the minutes of a log together to what it covers', async () => {
  const told = [0, 30, 61, 125, 300, 350].map((seconds) => ({ ...patch(seconds), verb: 'get' }));
  const rows = await ask(coverageQuery.text, told);
  const start = Date.parse('2026-03-01T10:00:00Z');
  expect(stretchesOf(rows).map(({ from, to }) => [(from - start) / 1000, (to - start) / 1000])).toEqual([
    [0, 125],
    [300, 350],
  ]);
});
