import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { start } from './start-process.ts';

const enl = fileURLToPath(new URL('../../cli/enl.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'serve-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('npm start -- --serve serves an account for the command until Ctrl-C, and leaves nothing behind', async () => {
  let plan = '';
  const { exitCode, text, cwd } = await start(folder, ['--serve'], {
    at: 'hooks plan --cluster demo\n',
    by: (child, cwd) => {
      const line = `. .sandbox/account.env && '${process.execPath}' '${enl}' hooks plan --cluster demo`;
      plan = execFileSync('sh', ['-c', line], { cwd, encoding: 'utf8', timeout: 20_000 });
      child.kill('SIGINT');
    },
  });
  expect(plan).toContain('demo in eu-west-1: 4 to add, 1 to change; 3 kept, 2 groups left alone.');
  expect(text).toMatch(/^ {2}DescribeLifecycleHooks {5}demo-new$/m);
  expect(exitCode).toBe(130);
  expect(existsSync(join(cwd, '.sandbox/account.env'))).toBe(false);
}, 30_000);
