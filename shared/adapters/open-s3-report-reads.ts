import { S3Client } from '@aws-sdk/client-s3';
import type { ReportPort } from '../ports.ts';
import { clientDefaults } from './client-defaults.ts';
import { createS3ReportReads } from './s3-report-reads.ts';

/** Import it only when it is needed. */
export function openS3ReportReads(bucket: string): Pick<ReportPort, 'load'> {
  return createS3ReportReads(new S3Client(clientDefaults), { bucket });
}
