import { expect, it } from 'vitest';
import { renderReportPage } from '../../shared/report-page/render-report-page.ts';
import { renderRollPage } from '../../shared/report-page/render-roll-page.ts';
import { at, exampleDrain, examplePod } from '../shared/report-page/example-drain.ts';
import { useBrowser } from './browse.ts';

const open = useBrowser();

/** Each would run, load or ask if it were anything but text. */
const attacks = [
  '</script><script>window.ran = 1</script>',
  '<img src="https://example.com/x.png" onerror="window.ran = 2">',
  '" onmouseover="window.ran = 3" autofocus onfocus="window.ran = 4" x="',
  "'><svg onload='window.ran = 5'><animate onbegin='window.ran = 6'>",
  '</title></style><iframe srcdoc="<script>parent.ran = 7</script>">',
  '<meta http-equiv="refresh" content="0;url=https://example.com/">',
  '<base href="https://example.com/"><form action="https://example.com/">',
  '<a href="javascript:window.ran = 8">click</a>',
];

const reports = attacks.map((attack) => {
  const cause = { code: attack, text: attack, firstAt: attack, lastAt: at(9), times: 2 };
  const pod = examplePod({
    name: attack,
    namespace: attack,
    reason: attack,
    causes: [cause],
    forcedPast: [attack],
    goneAt: attack,
  });
  return exampleDrain({
    node: attack,
    cluster: attack,
    execution: attack,
    end: { reason: 'drained', completion: 'CONTINUE', text: attack, alarm: true },
    timeline: [
      { at: attack, what: attack, text: attack, pod: attack },
      { at: at(2), what: attack, text: attack },
    ],
    pods: [pod, examplePod({ name: attack, evictedAt: at(3), goneAt: at(4) })],
  });
});

it.each(attacks.map((attack, i) => [attack, i] as const))('shows %s as text', async (attack, i) => {
  const report = reports[i];
  if (!report) throw new Error('no report');
  const { page, complaints } = await open(await renderReportPage(report));
  await page.locator('summary').click();
  await page.locator('tbody tr').first().hover();
  await page.locator('svg .names text').last().hover();
  await page.getByLabel('Search').fill(attack);
  expect(await page.locator('h1').textContent()).toBe(`Drain of ${attack}`);
  expect(await page.evaluate('String(window.ran)')).toBe('undefined');
  expect(complaints).toEqual([]);
});

it('shows them all on the page of several drains as text', async () => {
  const { page, complaints } = await open(await renderRollPage(reports, attacks.join()));
  for (const summary of await page.locator('.nodes > details > summary').all()) await summary.click();
  expect(await page.evaluate('String(window.ran)')).toBe('undefined');
  expect(complaints).toEqual([]);
});

it('would notice what runs or loads', async () => {
  const page = (await renderReportPage(exampleDrain())).replace('</main>', `${attacks[0]}${attacks[1]}</main>`);
  const { complaints } = await open(page);
  expect(complaints.join('\n')).toMatch(/Content Security Policy/);
});
