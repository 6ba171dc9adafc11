import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogue } from '../scenarios/table/catalogue.ts';
import type { TestRecord } from '../scenarios/table/reporter.ts';
import { writeTable } from './write-table.ts';

const file = 'test/scenarios/all.test.ts';
const targets = ['all: the sandbox', 'all: a real API server'];
const passed: TestRecord[] = targets.flatMap((target) =>
  catalogue.map(({ number }) => ({ file, ancestors: [target], title: `${number}: is so`, state: 'passed' })),
);

describe('what a run of all the tests leaves', () => {
  let root: string;
  const write = (tests: TestRecord[], files = [file]) => writeTable({ files, tests }, ['v1.36.3'], root);
  const table = () => join(root, 'docs/scenarios.md');
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'table-'));
    for (const folder of ['docs', 'test/scenarios']) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, file), '');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('is a table in which nothing is missing', () => {
    expect(write(passed)).toEqual([]);
    expect(readFileSync(table(), 'utf8').match(/✓ 1 \| ✓ 1 \|$/gm)).toHaveLength(catalogue.length);
  });

  it('is a table, and the name of a scenario that was not shown on one side', () => {
    const isGone = ({ title, ancestors }: TestRecord) =>
      title.startsWith('T41') && ancestors.includes(targets[1] ?? '');
    const tests = passed.filter((test) => !isGone(test));
    expect(write(tests)).toEqual(['T41 has no passing test on a real API server']);
    expect(readFileSync(table(), 'utf8')).toMatch(/^\| T41 .*\| ✓ 1 \| ✗ \|$/m);
  });

  it('is no table when a file was left out or a test was skipped', () => {
    expect(write(passed, [])).toEqual([`${file} was not run`]);
    expect(write([...passed, { file, ancestors: [], title: 'rests', state: 'skipped' }])).toEqual([
      `${file}: rests was not run`,
    ]);
    expect(existsSync(table())).toBe(false);
  });
});
