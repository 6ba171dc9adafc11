import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createFileReports } from '../../../shared/adapters/file-reports.ts';
import { lazyReports } from '../../../shared/adapters/lazy-reports.ts';
import type { RenderPage } from '../../../shared/adapters/report-pages.ts';
import { createS3Reports } from '../../../shared/adapters/s3-reports.ts';
import { never } from '../../sandbox/aws/start-aws.ts';
import { exampleDrain } from '../report-page/example-drain.ts';
import { startS3 } from './start-s3.ts';

async function start(render: RenderPage) {
  const folder = await mkdtemp(join(tmpdir(), 'pages-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const warnings: unknown[] = [];
  const log = {
    debug: () => {},
    info: () => {},
    warn: (message: string, fields?: object) => void warnings.push({ message, ...fields }),
    error: () => {},
  };
  return { folder, warnings, reports: lazyReports({ reportBucket: undefined, reportFolder: folder }, { render, log }) };
}

it('keeps a page beside the report of a drain that is over', async () => {
  const { folder, reports, warnings } = await start(async ({ node }) => `<p>${node}</p>`);
  expect(await reports.save('one', exampleDrain(), never)).toBe(join(folder, 'one.json'));
  expect(await readFile(join(folder, 'one.html'), 'utf8')).toBe('<p>ip-10-0-1-10.ec2.internal</p>');
  expect(warnings).toEqual([]);
});

it.each([
  ['goes on', { end: undefined, endedAt: undefined }],
  ['has yet to tell Auto Scaling', { endedAt: undefined }],
])('draws nothing while a drain %s', async (_title, change) => {
  let drawn = 0;
  const { folder, reports } = await start(async () => String(drawn++));
  await reports.save('one', exampleDrain(change), never);
  expect({ drawn, files: await readdir(folder) }).toEqual({ drawn: 0, files: ['one.json'] });
});

it('keeps the report when its page cannot be drawn, and warns', async () => {
  const { folder, reports, warnings } = await start(async () => {
    throw new Error('out of ink');
  });
  const location = join(folder, 'one.json');
  expect(await reports.save('one', exampleDrain(), never)).toBe(location);
  expect(await readdir(folder)).toEqual(['one.json']);
  expect(warnings).toEqual([{ message: 'no page of the report', report: location, error: 'Error: out of ink' }]);
});

it('says where a page lies, in a bucket as a page and in a folder', async () => {
  const { client, objects, types } = await startS3();
  const inBucket = createS3Reports(client, { bucket: 'bucket' });
  expect(await inBucket.savePage('one', '<p>', never)).toBe('s3://bucket/reports/one.html');
  expect(objects.get('/bucket/reports/one.html')).toBe('<p>');
  expect(types).toEqual(['text/html; charset=utf-8']);
  const { folder } = await start(async () => '');
  expect(await createFileReports({ folder }).savePage('one', '<p>', never)).toBe(join(folder, 'one.html'));
});
