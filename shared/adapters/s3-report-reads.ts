import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { DrainReport } from '../lifecycle/report.ts';
import type { ReportPort } from '../ports.ts';
import { answered } from './answered.ts';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';

/** Of the report of a drain, or with another extension of its page. */
export function reportKey(key: string, extension = 'json'): string {
  return `reports/${key}.${extension}`;
}

/** Apart from what writes reports: whoever only reads them has no right to. */
export function createS3ReportReads(
  client: Pick<S3Client, 'send'>,
  { bucket }: { bucket: string },
): Pick<ReportPort, 'load'> {
  const load = async (key: string, signal: AbortSignal): Promise<DrainReport | undefined> => {
    try {
      const get = new GetObjectCommand({ Bucket: bucket, Key: reportKey(key) });
      const { Body } = await client.send(get, { abortSignal: signal });
      return JSON.parse(await answered('Body', Body).transformToString());
    } catch (error) {
      if (isNamed(error, 'NoSuchKey')) return undefined;
      throw error;
    }
  };
  return {
    load: (key, signal) => during(`loading report s3://${bucket}/${reportKey(key)}`, signal, load(key, signal)),
  };
}
