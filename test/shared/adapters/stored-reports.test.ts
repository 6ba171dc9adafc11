import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it, onTestFinished } from 'vitest';
import { openStoredReports } from '../../../shared/adapters/open-stored-reports.ts';
import { createS3StoredReports } from '../../../shared/adapters/s3-stored-reports.ts';

const never = new AbortController().signal;

it('lists the JSON objects of all pages below a prefix', async () => {
  const mock = mockClient(S3Client);
  onTestFinished(() => mock.restore());
  const changed = new Date('2026-03-01T10:00:00Z');
  mock.onAnyCommand().rejects(new Error('unexpected command'));
  mock.on(ListObjectsV2Command, { Bucket: 'bucket', Prefix: 'reports/' }).resolves({
    IsTruncated: true,
    NextContinuationToken: 'more',
    Contents: [
      { Key: 'reports/a.json', LastModified: changed },
      { Key: 'reports/a.html', LastModified: changed },
    ],
  });
  mock.on(ListObjectsV2Command, { ContinuationToken: 'more' }).resolves({ Contents: [{ Key: 'reports/b.json' }] });
  const stored = createS3StoredReports(new S3Client({ region: 'eu-west-1' }), { bucket: 'bucket', prefix: 'reports/' });
  expect(await stored.list(never)).toEqual([
    { key: 'reports/a.json', changedAt: changed.getTime() },
    { key: 'reports/b.json', changedAt: 0 },
  ]);
  mock.on(GetObjectCommand).rejects(Object.assign(new Error('no'), { name: 'NoSuchKey' }));
  await expect(stored.read('reports/c.json', never)).rejects.toThrow(
    'loading report s3://bucket/reports/c.json: NoSuchKey: no',
  );
});

it('lists the JSON files of a folder, and reads one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stored-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'deeper'));
  for (const name of ['a.json', 'a.html']) writeFileSync(join(folder, name), '{}');
  const stored = await openStoredReports(folder, {});
  expect(await stored.list(never)).toEqual([{ key: 'a.json', changedAt: expect.any(Number) }]);
  expect(await stored.read('a.json', never)).toBe('{}');
  await expect((await openStoredReports(join(folder, 'nowhere'), {})).list(never)).rejects.toThrow(
    /^listing reports of .*nowhere/,
  );
});
