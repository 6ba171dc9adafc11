import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What a page is for those who do not see it, or not well: each rule that is broken, and where. https://www.w3.org/TR/WCAG22/ */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = (await page.evaluate('axe.run()')) as axe.AxeResults;
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
