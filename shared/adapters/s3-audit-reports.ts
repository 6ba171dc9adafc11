import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { AuditReport } from '../audit/audit-report.ts';
import { during } from './during.ts';

export interface AuditReportPort {
  /** Where it lies: an `s3://` URL. */
  save(report: AuditReport, signal: AbortSignal): Promise<string>;
}

/** Reports at `audits/<audit>/<instant>.json` of a bucket, so that one audit's are in the order of its runs; a colon in a name would be encoded in every address. */
export function createS3AuditReports(client: Pick<S3Client, 'send'>, { bucket }: { bucket: string }): AuditReportPort {
  return {
    save: async (report, signal) => {
      const { audit, startedAt } = report.run;
      const key = `audits/${audit}/${startedAt.replaceAll(':', '')}.json`;
      const put = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: JSON.stringify(report),
        ContentType: 'application/json',
      });
      await during(`saving report s3://${bucket}/${key}`, signal, client.send(put, { abortSignal: signal }));
      return `s3://${bucket}/${key}`;
    },
  };
}
