import { expect, it } from 'vitest';
import { renderQueryPage } from '../../shared/log-page/render-query-page.ts';
import { exampleView } from '../shared/log-page/example-view.ts';
import { axeViolations } from './axe.ts';
import { useBrowser } from './browse.ts';

const open = useBrowser();
const attack = '</script><img src="https://example.com/x.png" onerror="window.ran = 1"><script>window.ran = 2</script>';

it('can be searched and sorted, and is readable for all, light and dark', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const html = await renderQueryPage(exampleView({ severities: ['high', undefined] }));
    const { page, complaints } = await open(html, { colorScheme });
    const pods = () => page.locator('tbody tr:visible td:nth-child(3)').allTextContents();
    expect(await pods()).toEqual(['web-1', 'db-0']);
    await page.getByRole('button', { name: 'refused' }).click();
    expect(await pods()).toEqual(['web-1', 'db-0']);
    await page.getByRole('button', { name: 'refused' }).click();
    expect(await pods()).toEqual(['db-0', 'web-1']);
    await page.getByLabel('Search').fill('budget web');
    expect(await pods()).toEqual(['web-1']);
    expect(await page.locator('output').textContent()).toBe('1 of 2 rows');
    await page.getByLabel('Search').fill('');
    expect(await axeViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }
});

it('shows what is in a log as text', async () => {
  const { outcome } = exampleView();
  const hostile = { ...outcome, columns: [attack], rows: [{ [attack]: attack }] };
  const { page, complaints } = await open(await renderQueryPage(exampleView({ source: attack, outcome: hostile })));
  expect(await page.locator('tbody td').textContent()).toBe(attack);
  expect(await page.evaluate('String(window.ran)')).toBe('undefined');
  expect(complaints).toEqual([]);
});
