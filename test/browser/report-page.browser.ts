import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { bundle } from '../../infra/bundle.ts';
import { renderReportPage } from '../../shared/report-page/render-report-page.ts';
import { renderRollPage } from '../../shared/report-page/render-roll-page.ts';
import { exampleDrain, examplePod } from '../shared/report-page/example-drain.ts';
import { axeViolations } from './axe.ts';
import { useBrowser } from './browse.ts';

const open = useBrowser();
const shown = 'tbody tr[data-lane]:not([hidden])';

it('shows the outcome, a lane and a row a pod, and asks the network for nothing', async () => {
  const { page, complaints } = await open(await renderReportPage(exampleDrain()));
  expect(await page.title()).toBe('! ip-10-0-1-10.ec2.internal: Drained, with force');
  expect(await page.locator('.verdict').textContent()).toBe('! Drained, with force alarm');
  expect(await page.locator('svg .names text[data-lane]').allTextContents()).toEqual([
    'shop/db-0shop/db-0',
    'shop/web-1shop/web-1',
    'kube-system/aws-node-1kube-system/aws-node-1',
  ]);
  const widthOf = async (kind: string) => (await page.locator(`svg .${kind} rect`).first().boundingBox())?.width ?? 0;
  expect((await widthOf('held')) / (await widthOf('forced'))).toBeCloseTo(7 / 6, 1);
  expect(await page.locator(shown).count()).toBe(3);
  expect(await page.locator('svg .deadline line').count()).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
});

it('searches, and dims the lanes that do not fit', async () => {
  const { page, complaints } = await open(await renderReportPage(exampleDrain()));
  await page.getByLabel('Search').fill('DB-0 healthy');
  expect(await page.locator(`${shown} th`).allInnerTexts()).toEqual(['shop/db-0']);
  expect(await page.locator('output').textContent()).toBe('1 of 3 pods');
  expect(await page.locator('svg .names text:not(.dim)[data-lane]').count()).toBe(1);
  await page.getByLabel('Search').fill('');
  await page.getByLabel('Outcome').selectOption('stays');
  expect(await page.locator(`${shown} th`).allInnerTexts()).toEqual(['kube-system/aws-node-1']);
  await page.getByLabel('Outcome').selectOption('');
  expect(await page.locator('.dim').count()).toBe(0);
  expect(complaints).toEqual([]);
});

it('sorts by any column, up and down, with the keyboard too', async () => {
  const { page } = await open(await renderReportPage(exampleDrain()));
  const names = () => page.locator(`${shown} th`).allInnerTexts();
  await page.getByRole('button', { name: 'Pod' }).focus();
  await page.keyboard.press('Enter');
  expect(await names()).toEqual(['kube-system/aws-node-1', 'shop/db-0', 'shop/web-1']);
  await page.getByRole('button', { name: 'Gone' }).click();
  expect(await names()).toEqual(['shop/web-1', 'shop/db-0', 'kube-system/aws-node-1']);
  await page.getByRole('button', { name: 'Gone' }).click();
  expect(await names()).toEqual(['kube-system/aws-node-1', 'shop/db-0', 'shop/web-1']);
  expect(await page.locator('th[aria-sort=descending]').textContent()).toContain('Gone');
});

it('is light or dark as the system is, and as its button says', async () => {
  const html = await renderReportPage(exampleDrain());
  const background = 'getComputedStyle(document.body).backgroundColor';
  const light = await open(html, { colorScheme: 'light' });
  const dark = await open(html, { colorScheme: 'dark' });
  expect(await light.page.evaluate(background)).toBe('rgb(246, 248, 250)');
  expect(await dark.page.evaluate(background)).toBe('rgb(13, 17, 23)');
  await dark.page.getByRole('button', { name: 'Light or dark' }).click();
  expect(await dark.page.evaluate(background)).toBe('rgb(246, 248, 250)');
});

it.each(['light', 'dark'] as const)(
  'can be read by everyone, contrast included, when it is %s',
  async (colorScheme) => {
    const report = exampleDrain({
      pods: [...exampleDrain().pods, examplePod({ name: 'left' }), examplePod({ name: 'b', verdict: 'bounce' })],
    });
    const one = await open(await renderReportPage(report), { colorScheme });
    await one.page.locator('summary').click();
    expect(await axeViolations(one.page)).toEqual([]);
    const failed = exampleDrain({ end: { reason: 'deadline', completion: null, text: 'pods are left', alarm: true } });
    const roll = await open(await renderRollPage([report, failed, exampleDrain({ end: undefined })]), { colorScheme });
    expect(await axeViolations(roll.page)).toEqual([]);
  },
);

it('shows everything on paper', async () => {
  const pods = Array.from({ length: 80 }, (_, i) => examplePod({ name: `web-${i}` }));
  const { page } = await open(await renderReportPage(exampleDrain({ pods })), { colorScheme: 'dark' });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const cut = await page.evaluate(
    '[...document.querySelectorAll(".scroll")].filter((box) => box.scrollHeight > box.clientHeight + 1).length',
  );
  expect(cut).toBe(0);
  expect(await page.getByLabel('Search').isVisible()).toBe(false);
  expect(await page.evaluate('getComputedStyle(document.querySelector("h1")).color')).toBe('rgb(31, 35, 40)');
});

it('leads from a row of several drains to the whole of one, where the search is its own', async () => {
  const { page, complaints } = await open(
    await renderRollPage([exampleDrain({ node: 'first' }), exampleDrain({ node: 'second' })]),
  );
  await page.getByRole('link', { name: 'second' }).click();
  await page.locator('#drain-1').getByLabel('Search').fill('web-1');
  expect(await page.locator(`#drain-1 ${shown}`).count()).toBe(1);
  expect(await page.locator(`#drain-0 ${shown}`).count()).toBe(3);
  expect(complaints).toEqual([]);
});

it('works as the deployed function draws it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bundled-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  bundle('functions/terminate/handler.ts', folder);
  const file = readdirSync(folder).find((name) => /^render-report-page-.*\.mjs$/.test(name));
  const bundled = (await import(/* @vite-ignore */ join(folder, String(file)))) as {
    renderReportPage: typeof renderReportPage;
  };
  const { page, complaints } = await open(await bundled.renderReportPage(exampleDrain()));
  await page.getByLabel('Search').fill('web-1');
  expect(await page.locator(shown).count()).toBe(1);
  expect(complaints).toEqual([]);
});
