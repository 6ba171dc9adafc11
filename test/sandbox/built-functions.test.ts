import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundle } from '../../infra/bundle.ts';
import { type FunctionFolder, functionLimits } from '../../infra/function-limits.ts';
import { start } from './start-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'built-'));
const built = join(folder, 'dist');
const functions = Object.keys(functionLimits) as FunctionFolder[];

beforeAll(() => {
  for (const name of functions) bundle(`functions/${name}/handler.ts`, join(built, name));
});
afterAll(() => rmSync(folder, { recursive: true }));

// Between them they invoke each function but the audit, which has a test of its own.
it.each(['duplicate-event', 'launch'])(
  'the bundles that are shipped, loaded in a process of their own, do what the sources do: %s',
  { timeout: 60_000 },
  async (scenario) => {
    const { exitCode, text } = await start(folder, ['--scenario', scenario, '--built', built]);
    expect(text).toContain('As it must be');
    expect(exitCode).toBe(0);
  },
);

it('a folder without bundles is said to have none', { timeout: 60_000 }, async () => {
  const { exitCode, text } = await start(folder, ['--built', join(folder, 'nowhere')]);
  expect(exitCode).toBe(1);
  expect(text).toMatch(/nowhere/);
});
