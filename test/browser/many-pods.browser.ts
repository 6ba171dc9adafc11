import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { renderReportPage } from '../../shared/report-page/render-report-page.ts';
import { largeDrain } from '../shared/report-page/example-drain.ts';
import { useBrowser } from './browse.ts';

const open = useBrowser();

/** Bounds of a busy machine without a graphics card; a person's is several times faster. */
const readyMilliseconds = 4000;
const frameMilliseconds = 700;

/** The longest time between two frames while something is done. */
async function longestFrame(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(`
    window.frames_ = { longest: 0, last: performance.now(), on: true };
    requestAnimationFrame(function next(now) {
      const time = performance.now();
      window.frames_.longest = Math.max(window.frames_.longest, time - window.frames_.last);
      window.frames_.last = time;
      if (window.frames_.on) requestAnimationFrame(next);
    })`);
  await act();
  return (await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => setTimeout(() => { window.frames_.on = false; done(window.frames_.longest); })))',
  )) as number;
}

it('brings the first lane that fits into sight', async () => {
  const { page } = await open(await renderReportPage(largeDrain(1000)));
  const lane = page.locator('svg .names text[data-lane]:not(.dim)').first();
  await page.getByLabel('Search').fill('web-999');
  await page.locator('.picture').scrollIntoViewIfNeeded();
  const [picture, found] = await Promise.all([page.locator('.picture').boundingBox(), lane.boundingBox()]);
  if (!picture || !found) throw new Error('there is no picture');
  expect(found.y).toBeGreaterThan(picture.y);
  expect(found.y).toBeLessThan(picture.y + picture.height);
});

it('is ready soon with a thousand pods, and does not stutter when they are scrolled, searched and sorted', async () => {
  const { page, complaints } = await open(await renderReportPage(largeDrain(1000)));
  const ready = (await page.evaluate('performance.getEntriesByType("navigation")[0].domInteractive')) as number;
  const frames: Record<string, number> = {};
  frames.scroll = await longestFrame(page, async () => {
    for (const place of ['.picture', 'table[data-pods]']) {
      await page.locator(place).hover();
      for (let i = 0; i < 15; i++) await page.mouse.wheel(0, 700);
    }
  });
  frames.search = await longestFrame(page, () => page.getByLabel('Search').pressSequentially('web-1'));
  expect(await page.locator('output').textContent()).toBe('111 of 1000 pods');
  frames.clear = await longestFrame(page, () => page.getByLabel('Search').fill(''));
  frames.sort = await longestFrame(page, () => page.getByRole('button', { name: 'Held', exact: true }).click());
  process.stdout.write(`1000 pods: ready after ${ready.toFixed(0)} ms; longest frame ${JSON.stringify(frames)} ms\n`);
  expect(ready).toBeLessThan(readyMilliseconds);
  for (const longest of Object.values(frames)) expect(longest).toBeLessThan(frameMilliseconds);
  expect(complaints).toEqual([]);
});
