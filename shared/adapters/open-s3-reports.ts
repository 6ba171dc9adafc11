import { S3Client } from '@aws-sdk/client-s3';
import { clientDefaults } from './client-defaults.ts';
import type { ReportStore } from './report-pages.ts';
import { createS3Reports } from './s3-reports.ts';

/** Import it only when it is needed. The client is named here: a dynamic import of the package would bundle all of its commands. */
export function openS3Reports(bucket: string): ReportStore {
  return createS3Reports(new S3Client(clientDefaults), { bucket });
}
