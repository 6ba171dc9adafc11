import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { findBrowser, waysToGetOne } from './find-browser.ts';

const help = `npm run test:browser -- [--check] [option of vitest …]

Opens the pages that a drain leaves in a real browser.

  --check   says which browser it would be and ends: 0 when there is one, 2 when not

${waysToGetOne}
Ends with vitest's exit code, 2 when there is no browser.
`;

process.exitCode = main(process.argv.slice(2));

function main(given: string[]): number {
  if (given.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  const browser = browserOrWhy();
  if (!('path' in browser)) {
    process.stderr.write(`browser: ${browser.why}\n\n${waysToGetOne}`);
    return 2;
  }
  if (given.includes('--check')) {
    process.stdout.write(`browser: ${browser.path}\n`);
    return 0;
  }
  const root = dirname(dirname(import.meta.dirname));
  const tests = ['run', '--config', 'test/browser/vitest.config.ts', ...given];
  const { status, error } = spawnSync('vitest', tests, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CHROME_PATH: browser.path },
  });
  if (error) throw error;
  return status ?? 1;
}

function browserOrWhy(): { path: string } | { why: string } {
  try {
    const path = findBrowser(process.env);
    return path === undefined ? { why: 'there is none' } : { path };
  } catch (error) {
    return { why: (error as Error).message };
  }
}
