import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../scenarios/table/catalogue.ts';

const docs = join(import.meta.dirname, '../../docs');

interface Row {
  number: string;
  sentence: string;
  /** Paths of the files that it links. */
  tests: string[];
  shown: string[];
}

function readRows(): Row[] {
  const lines = readFileSync(join(docs, 'scenarios.md'), 'utf8').split('\n');
  return lines
    .filter((line) => line.startsWith('| T'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, number = '', sentence = '', links = '', ...shown]) => {
      const tests = [...links.matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) => join(docs, path));
      return { number, sentence, tests, shown: shown.slice(0, 2) };
    });
}

/** The table is written by `npm run test:cluster`; this holds that it was run since a scenario or the place of its tests changed. */
describe('docs/scenarios.md', () => {
  it('has a row for each scenario, with its sentence', () => {
    const expected = catalogue.map(({ number, sentence, adapted }) => [
      number,
      `${sentence}${adapted ? ' *Adapted.*' : ''}`,
    ]);
    expect(readRows().map(({ number, sentence }) => [number, sentence])).toEqual(expected);
  });

  it('tells of no scenario that was not shown both in the sandbox and on a real API server', () => {
    expect(readRows().filter(({ shown }) => !shown.every((cell) => /^✓ [1-9]\d*$/.test(cell)))).toEqual([]);
  });

  it('names tests that there are, in folders in which the scenario is mentioned', () => {
    const rows = readRows();
    const folders = new Set(rows.flatMap(({ tests }) => tests.map(dirname)));
    const sources = new Map([...folders].map((folder) => [folder, sourcesIn(folder)]));
    const mentions = (file: string, number: string) =>
      Object.hasOwn(sources.get(dirname(file)) ?? {}, file) &&
      Object.values(sources.get(dirname(file)) ?? {}).some((text) => new RegExp(`\\b${number}\\b`).test(text));
    for (const { number, tests } of rows) {
      expect(tests, number).not.toEqual([]);
      expect(tests.filter((file) => !mentions(file, number))).toEqual([]);
    }
  });
});

function sourcesIn(folder: string): Record<string, string> {
  const files = globSync('**/*.ts', { cwd: folder }).map((file) => join(folder, file));
  return Object.fromEntries(files.map((file) => [file, readFileSync(file, 'utf8')]));
}
