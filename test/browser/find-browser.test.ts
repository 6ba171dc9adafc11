import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findBrowser } from './find-browser.ts';

function folderWith(...names: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'browsers-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of names) {
    writeFileSync(join(folder, name), '#!/bin/sh\n');
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

it('finds the first browser on PATH, unless CHROME_PATH names one', () => {
  const [none, chrome, both] = [folderWith('ls'), folderWith('google-chrome'), folderWith('google-chrome', 'chromium')];
  expect(findBrowser({ PATH: '' })).toBeUndefined();
  expect(findBrowser({ PATH: none })).toBeUndefined();
  expect(findBrowser({ PATH: [none, chrome, both].join(delimiter) })).toBe(join(chrome, 'google-chrome'));
  expect(findBrowser({ PATH: both })).toBe(join(both, 'chromium'));
  expect(findBrowser({ PATH: both, CHROME_PATH: join(none, 'ls') })).toBe(join(none, 'ls'));
  expect(() => findBrowser({ PATH: both, CHROME_PATH: '/nowhere' })).toThrow('CHROME_PATH is /nowhere');
});

it('ends with 2 and says how to get a browser when there is none', async () => {
  const run = new URL('./run.ts', import.meta.url).pathname;
  const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
    execFile(process.execPath, [run], { env: { PATH: folderWith('ls') } }, (error, _stdout, stderr) =>
      resolve({ code: error?.code, stderr }),
    );
  });
  expect(code).toBe(2);
  expect(stderr).toContain('apt-get install -y chromium');
});
