import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { DrainReport } from '../lifecycle/report.ts';
import type { ReportPort } from '../ports.ts';
import { answered } from './answered.ts';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';

/**
 * Reports at `reports/<key>.json` of a bucket. Without the right to list the bucket S3 answers 403 for a missing object, which
 * throws as any other 403 does. Import this module only when it is needed: the S3 client is large.
 */
export function createS3Reports(client: Pick<S3Client, 'send'>, { bucket }: { bucket: string }): ReportPort {
  const address = (key: string) => ({ Bucket: bucket, Key: `reports/${key}.json` });
  const urlOf = (key: string) => `s3://${bucket}/reports/${key}.json`;

  const load = async (key: string, signal: AbortSignal): Promise<DrainReport | undefined> => {
    try {
      const { Body } = await client.send(new GetObjectCommand(address(key)), { abortSignal: signal });
      return JSON.parse(await answered('Body', Body).transformToString());
    } catch (error) {
      if (isNamed(error, 'NoSuchKey')) return undefined;
      throw error;
    }
  };

  return {
    load: (key, signal) => during(`loading report ${urlOf(key)}`, signal, load(key, signal)),

    save: async (key, report, signal) => {
      const put = new PutObjectCommand({
        ...address(key),
        Body: JSON.stringify(report),
        ContentType: 'application/json',
      });
      await during(`saving report ${urlOf(key)}`, signal, client.send(put, { abortSignal: signal }));
      return urlOf(key);
    },
  };
}
