import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export const waysToGetOne = `The tests of pages need Chromium or Chrome, of this machine:
  apt-get install -y chromium          Debian
  CHROME_PATH=/path/to/chrome          any other that is there already
`;

/** CHROME_PATH, or what is on PATH. Throws where CHROME_PATH names nothing that runs. */
export function findBrowser({ CHROME_PATH, PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  if (CHROME_PATH) {
    if (!runs(CHROME_PATH)) throw new Error(`CHROME_PATH is ${CHROME_PATH}, which cannot be run`);
    return CHROME_PATH;
  }
  return PATH.split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(runs);
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // not there, or not to be run: the next one may be
  }
}
