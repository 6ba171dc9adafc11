import { expect, test } from 'vitest';
import { renderQueryPage } from '../../../shared/log-page/render-query-page.ts';
import { exampleView } from './example-view.ts';

const { outcome } = exampleView();

test('the page has the rows, of which log they are and how to read them', async () => {
  const page = await renderQueryPage(exampleView());
  expect(page).toContain('<title>= Evictions refused by a disruption budget: 2 rows</title>');
  expect(page).toContain('2026-03-01T08:01:01.000Z');
  expect(page).toContain('<dt>Log</dt><dd>/aws/eks/demo/cluster</dd>');
  expect(page).toContain('<dt>namespace</dt><dd>shop</dd>');
  expect(page).toContain('<code>need</code> equal to all');
});

test('a result that is not all there is says so first', async () => {
  const partial = { code: 'byte-limit', text: 'reading stopped at 10 GB' } as const;
  const page = await renderQueryPage(exampleView({ outcome: { ...outcome, partial } }));
  expect(page).toContain('2 rows, and it is not all</p>');
  expect(page).toContain('<p class="told">reading stopped at 10 GB</p>');
});

test('lines of a file that are left out are counted', async () => {
  const page = await renderQueryPage(exampleView({ broken: [{ file: 'audit.log', count: 3, firstLines: [4, 9] }] }));
  expect(page).toContain('audit.log: 3 lines are no events and are left out: 4, 9, …');
});

test('findings are told, each by its row', async () => {
  const page = await renderQueryPage(exampleView({ severities: ['high', undefined] }));
  expect(page).toContain('2 rows, 1 of them findings');
  expect(page).toContain('<span class="badge is-bad">high</span>');
});

test('what is in a log cannot become markup, and hides nothing', async () => {
  const attack = '</td><script>alert(1)</script>"\u202e';
  const [first] = outcome.rows;
  const page = await renderQueryPage(
    exampleView({
      query: { name: attack, title: attack, text: attack, parameters: { user: attack }, reading: attack },
      source: attack,
      outcome: {
        ...outcome,
        columns: [attack],
        rows: [{ ...first, [attack]: attack }],
        partial: { code: 'row-limit', text: attack },
      },
    }),
  );
  expect(page).not.toContain('<script>alert');
  expect(page).not.toContain('\u202e');
  expect(page.split('&lt;script&gt;alert(1)').length).toBeGreaterThan(8);
});

test('of very many rows the page has the first, and says so', async () => {
  const rows = Array.from({ length: 5_002 }, (_, number) => ({ pod: `web-${number}` }));
  const page = await renderQueryPage(exampleView({ outcome: { ...outcome, columns: ['pod'], rows } }));
  expect(page).toContain('These are the first 5000: 2 more are in the result as JSON or CSV.');
  expect(page).toContain('web-4999<');
  expect(page).not.toContain('web-5000<');
});

test('no rows are said to be none', async () => {
  const page = await renderQueryPage(exampleView({ outcome: { ...outcome, rows: [] } }));
  expect(page).toContain('No rows</p>');
  expect(page).toContain('None of the 900 events of 2026-03-01T08:00:00Z to 2026-03-01T09:00:00Z fits.');
});
