import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { during } from './during.ts';
import type { ReportStore } from './report-pages.ts';
import { createS3ReportReads, reportKey } from './s3-report-reads.ts';

/**
 * Reports at `reports/<key>.json` of a bucket, their pages at `reports/<key>.html`. Without the right to list the bucket S3 answers 403 for a missing object, which
 * throws as any other 403 does. Import this module only when it is needed: the S3 client is large.
 */
export function createS3Reports(client: Pick<S3Client, 'send'>, { bucket }: { bucket: string }): ReportStore {
  const address = (key: string, extension = 'json') => ({ Bucket: bucket, Key: reportKey(key, extension) });
  const urlOf = (key: string, extension = 'json') => `s3://${bucket}/${reportKey(key, extension)}`;

  return {
    ...createS3ReportReads(client, { bucket }),

    save: async (key, report, signal) => {
      const put = new PutObjectCommand({
        ...address(key),
        Body: JSON.stringify(report),
        ContentType: 'application/json',
      });
      await during(`saving report ${urlOf(key)}`, signal, client.send(put, { abortSignal: signal }));
      return urlOf(key);
    },

    savePage: async (key, page, signal) => {
      const put = new PutObjectCommand({
        ...address(key, 'html'),
        Body: page,
        ContentType: 'text/html; charset=utf-8',
      });
      await during(`saving page ${urlOf(key, 'html')}`, signal, client.send(put, { abortSignal: signal }));
      return urlOf(key, 'html');
    },
  };
}
