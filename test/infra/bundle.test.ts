import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { bundle } from '../../infra/bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'enl-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a function is bundled with all it needs, and loads on its own', async () => {
  const { file, externals, startBytes, bytes } = bundle('functions/intake/handler.ts', folder);
  expect(externals.filter((path) => !isBuiltin(path))).toEqual([]);
  expect(file).toBe(join(folder, 'index.mjs'));
  expect(existsSync(`${file}.map`)).toBe(true);
  expect(startBytes).toBeGreaterThan(50_000);
  expect(startBytes).toBeLessThanOrEqual(bytes);

  vi.stubEnv('ENL_STATE_MACHINE_TERMINATE', 'arn:aws:states:eu-west-1:123456789012:stateMachine:drain');
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  const loaded = await import(/* @vite-ignore */ file);
  expect(Object.keys(loaded)).toEqual(['handler']);
});
