import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('.', import.meta.url).pathname;
const readme = readFileSync(`${folder}README.md`, 'utf8');
const sources = globSync('*.ts', { cwd: folder }).map((file) => readFileSync(folder + file, 'utf8'));

/** What stands between quotes in the sources: titles and their tables. */
const literals = new Set(
  sources.flatMap((text) => [...text.matchAll(/'([^'\n]+)'|"([^"\n]+)"/g)].map(([, a, b]) => a ?? b)),
);

it('every test that the README names exists', () => {
  const [, tables = ''] = readme.split('## Facts and where they are shown');
  const rows =
    tables
      .split('## What only the model shows')[0]
      ?.split('\n')
      .filter((line) => /^\|(?! (fact|answer) |-)/.test(line)) ?? [];
  const named = rows.flatMap((row) =>
    [...row.replace(/^\|[^|]*\|/, '').matchAll(/`([^`]+)`/g)].map(([, title]) => title),
  );
  expect(named.length).toBeGreaterThan(90);
  expect(named.filter((title) => !literals.has(title))).toEqual([]);
});

it('every scenario that the contract shows is in the README', () => {
  const shown = sources.flatMap((text) => [...text.matchAll(/'(T\d+)[:']/g)].map(([, scenario]) => scenario));
  expect([...new Set(shown)].filter((scenario) => !readme.includes(scenario ?? ''))).toEqual([]);
});
