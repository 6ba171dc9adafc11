import { expect, it } from 'vitest';
import { checkFixOptions, type FixOptions } from '../../../cli/audit/fix/fix-request.ts';

const check = (options: Partial<FixOptions>, interactive = true) =>
  checkFixOptions({ kubernetes: true, output: 'table', ...options }, { interactive });

it.each<[string, Partial<FixOptions>, RegExp]>([
  ['both at once', { fix: true, undo: 'f' }, /do not go together/],
  ['neither', { dryRun: true }, /^--dry-run is of no use without/],
  ['other formats', { fix: true, output: 'html' }, /not printed as html/],
  ['single clusters', { fix: true, cluster: ['demo'] }, /every cluster of a VPC/],
  ['a file, when it is not a dry run', { fix: true, snapshot: 'f', yes: true }, /only ever a dry run/],
  ['JSON with a question', { fix: true, output: 'json' }, /no room for a question/],
  ['a snapshot to undo', { undo: 'f', snapshot: 'g' }, /goes by its record alone/],
  ['a report beside it', { fix: true, outputFile: 'f' }, /are for reports/],
])('a fix refuses %s', (_title, options, message) => {
  expect(() => check(options)).toThrow(message);
});

it('asks only where somebody can answer', () => {
  expect(() => check({ fix: true }, false)).toThrow('nobody can be asked');
  expect(() => check({ undo: 'f' }, false)).toThrow('nobody can be asked');
  for (const options of [{ yes: true }, { dryRun: true }] as const)
    expect(() => check({ fix: true, ...options }, false)).not.toThrow();
  expect(() => check({ fix: true })).not.toThrow();
});
