import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readSettings, SettingsError } from './read-settings.ts';
import type { Settings } from './schema.ts';

/**
 * The settings of a synthesis: the file that is named, else settings.yaml in the folder where there is one, else the defaults.
 * Throws SettingsError with every problem of the file, or when a file that was named is not there.
 */
export function findSettings(named: unknown, folder = '.'): Settings {
  const usual = 'settings.yaml';
  if (named !== undefined && (typeof named !== 'string' || named === '')) {
    throw new SettingsError('the context', ['  settings: expected the path of a settings file']);
  }
  const file = named ?? usual;
  if (named === undefined && !existsSync(resolve(folder, file))) return readSettings('', 'the defaults');
  try {
    return readSettings(readFileSync(resolve(folder, file), 'utf8'), file);
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    throw new SettingsError(file, [`  it cannot be read: ${(error as NodeJS.ErrnoException).code}`], { cause: error });
  }
}
