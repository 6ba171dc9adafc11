import { describe, expect, it } from 'vitest';
import { createS3Reports } from '../../../shared/adapters/s3-reports.ts';
import { never } from '../../sandbox/aws/start-aws.ts';
import { exampleReport } from './example-report.ts';
import { type S3Trouble, startS3 } from './start-s3.ts';

async function start() {
  const s3 = await startS3();
  return { ...s3, reports: createS3Reports(s3.client, { bucket: 'bucket' }) };
}

it('keeps a report in an object and says where, and replaces it', async () => {
  const { objects, reports } = await start();
  expect(await reports.load('one', never)).toBeUndefined();
  expect(await reports.save('one', exampleReport(), never)).toBe('s3://bucket/reports/one.json');
  await reports.save('one', exampleReport({ cluster: 'prod' }), never);
  expect(await reports.load('one', never)).toEqual(exampleReport({ cluster: 'prod' }));
  expect([...objects.keys()]).toEqual(['/bucket/reports/one.json']);
});

it('throws for what it may not see, and for what is no report', async () => {
  const { client, objects, reports } = await start();
  const foreign = createS3Reports(client, { bucket: 'foreign' });
  await expect(foreign.load('one', never)).rejects.toThrow(
    /^loading report s3:\/\/foreign\/reports\/one\.json: AccessDenied/,
  );
  await expect(foreign.save('one', exampleReport(), never)).rejects.toThrow(/^saving report s3:.*: AccessDenied/);
  objects.set('/bucket/reports/broken.json', '{"version":1,');
  await expect(reports.load('broken', never)).rejects.toThrow(
    'loading report s3://bucket/reports/broken.json: SyntaxError',
  );
});

describe.each(['GET', 'PUT'] as const)('a %s of a report', (method) => {
  const call = ({ reports }: Awaited<ReturnType<typeof start>>) =>
    method === 'GET' ? reports.load('one', never) : reports.save('one', exampleReport({ cluster: 'prod' }), never);
  const gerund = method === 'GET' ? 'loading' : 'saving';

  async function startWith(...trouble: S3Trouble[]) {
    const s3 = await start();
    s3.objects.set('/bucket/reports/one.json', JSON.stringify(exampleReport()));
    s3.trouble.push(...trouble);
    return s3;
  }

  it('comes through throttling, a broken service and a reset', async () => {
    const s3 = await startWith('SlowDown', 'InternalError', 'ServiceUnavailable', 'reset');
    expect(await call(s3)).toEqual(method === 'GET' ? exampleReport() : 's3://bucket/reports/one.json');
    expect(s3.methods).toEqual(Array(5).fill(method));
    const stored = exampleReport(method === 'GET' ? {} : { cluster: 'prod' });
    expect([...s3.objects]).toEqual([['/bucket/reports/one.json', JSON.stringify(stored)]]);
  });

  it.each<[S3Trouble, string]>([
    ['SlowDown', 'SlowDown'],
    ['InternalError', 'InternalError'],
    ['reset', 'ECONNRESET'],
  ])('gives up after the fifth %s and says what it was about', async (trouble, text) => {
    const s3 = await startWith(...Array<S3Trouble>(6).fill(trouble));
    await expect(call(s3)).rejects.toThrow(new RegExp(`^${gerund} report s3://bucket/reports/one\\.json: .*${text}`));
    expect(s3.methods).toHaveLength(5);
  });

  it('is not tried again when it is refused', async () => {
    const s3 = await start();
    const foreign = createS3Reports(s3.client, { bucket: 'foreign' });
    await expect(call({ ...s3, reports: foreign })).rejects.toThrow('AccessDenied');
    expect(s3.methods).toEqual([method]);
  });
});
