import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createFileReports } from '../../../shared/adapters/file-reports.ts';
import { never } from '../../sandbox/aws/start-aws.ts';
import { exampleReport } from './example-report.ts';

async function start() {
  const parent = await mkdtemp(join(tmpdir(), 'reports-'));
  onTestFinished(() => rm(parent, { recursive: true }));
  const folder = join(parent, 'not', 'there', 'yet');
  return { folder, reports: createFileReports({ folder }) };
}

it('keeps a report in a file and says where, and replaces it', async () => {
  const { folder, reports } = await start();
  expect(await reports.load('one', never)).toBeUndefined();
  expect(await reports.save('one', exampleReport(), never)).toBe(join(folder, 'one.json'));
  await reports.save('one', exampleReport({ cluster: 'prod' }), never);
  expect(await reports.load('one', never)).toEqual(exampleReport({ cluster: 'prod' }));
  expect(JSON.parse(await readFile(join(folder, 'one.json'), 'utf8'))).toEqual(exampleReport({ cluster: 'prod' }));
});

it('never shows half a report to a reader, and leaves nothing else behind', async () => {
  const { folder, reports } = await start();
  const large = exampleReport({ node: 'x'.repeat(1_000_000) });
  await reports.save('one', large, never);
  const saves = Array.from({ length: 5 }, () => reports.save('one', large, never));
  const loads = Array.from({ length: 20 }, () => reports.load('one', never));
  for (const report of await Promise.all(loads)) expect(report).toEqual(large);
  await Promise.all(saves);
  expect(await readdir(folder)).toEqual(['one.json']);
});

it('throws for a file that is no report, and for a folder that is a file', async () => {
  const { folder, reports } = await start();
  await reports.save('one', exampleReport(), never);
  await writeFile(join(folder, 'broken.json'), '{"version":1,');
  await expect(reports.load('broken', never)).rejects.toThrow(`loading report ${folder}/broken.json: SyntaxError`);
  const inside = createFileReports({ folder: join(folder, 'one.json') });
  await expect(inside.save('two', exampleReport(), never)).rejects.toThrow(/^saving report .*two\.json: Error: EEXIST/);
});
