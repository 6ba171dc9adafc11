import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'reporter-'));
afterAll(() => rmSync(folder, { recursive: true }));
const vitest = join(import.meta.dirname, '../../../node_modules/vitest/vitest.mjs');

it('a run leaves a record of every test, with its file, the blocks around it and its state', {
  timeout: 30_000,
}, () => {
  writeFileSync(
    join(folder, 'a.test.js'),
    `describe('the sandbox', () => {
       describe('tiers', () => void test.each([['T90', 1]])('%s: go lowest first', () => {}));
       test('fails', () => expect(1).toBe(2));
     });
     test.skip('rests', () => {});`,
  );
  const env = { ...process.env, SCENARIO_RECORD: join(folder, 'record.json') };
  const args = ['run', '--globals', `--root=${folder}`, `--reporter=${join(import.meta.dirname, 'reporter.ts')}`];
  expect(() => execFileSync(process.execPath, [vitest, ...args], { env, stdio: 'ignore' })).toThrow('Command failed');
  const file = 'a.test.js';
  expect(JSON.parse(readFileSync(env.SCENARIO_RECORD, 'utf8'))).toEqual({
    files: [file],
    tests: [
      { file, ancestors: ['the sandbox', 'tiers'], title: 'T90: go lowest first', state: 'passed' },
      { file, ancestors: ['the sandbox'], title: 'fails', state: 'failed' },
      { file, ancestors: [], title: 'rests', state: 'skipped' },
    ],
  });
});
