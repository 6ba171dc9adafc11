import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findSettings } from '../../../infra/settings/find-settings.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

it('the file that is named counts', () => {
  expect(findSettings(write('prod.yaml', 'stackName: Prod'), folder).stackName).toBe('Prod');
});

it('without a name settings.yaml counts where there is one, else every default', () => {
  expect(findSettings(undefined, folder).stackName).toBe('NodeLifecycle');
  write('settings.yaml', 'stackName: Usual');
  expect(findSettings(undefined, folder).stackName).toBe('Usual');
});

it('a file that is named and not there is an error, and so is a name that is none', () => {
  expect(() => findSettings('/nowhere/prod.yaml', folder)).toThrow('/nowhere/prod.yaml:\n  it cannot be read: ENOENT');
  for (const context of ['', 7, {}])
    expect(() => findSettings(context, folder)).toThrow('expected the path of a settings file');
});
