import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

/** A page as a file in a browser of its own, and what it did that a report must not do. */
export interface Opened {
  page: Page;
  /** Errors and warnings of the console, exceptions, dialogs, and requests but for the page itself. */
  complaints: string[];
}

/** Starts a browser for the tests of a file. */
export function useBrowser() {
  let browser: Browser | undefined;
  const folder = mkdtempSync(join(tmpdir(), 'pages-'));
  beforeAll(async () => {
    // Chromium's own sandbox does not run as root.
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    browser = await chromium.launch({ executablePath: String(process.env.CHROME_PATH), args });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  return async (html: string, options: BrowserContextOptions = {}): Promise<Opened> => {
    if (!browser) throw new Error('the browser is not there yet');
    const file = join(folder, `${crypto.randomUUID()}.html`);
    writeFileSync(file, html);
    const address = pathToFileURL(file).href;
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => void complaints.push(`exception: ${error.message}`));
    page.on('request', (request) => {
      if (request.url() !== address && !request.url().startsWith('data:')) complaints.push(`request: ${request.url()}`);
    });
    page.on('dialog', async (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      await dialog.dismiss();
    });
    await page.goto(address);
    return { page, complaints };
  };
}
