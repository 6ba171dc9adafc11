import { S3Client } from '@aws-sdk/client-s3';
import { clientDefaults } from './client-defaults.ts';
import type { StoredReports } from './open-stored-reports.ts';
import { createS3StoredReports } from './s3-stored-reports.ts';

/** Import it only when it is needed. */
export function openS3StoredReports(
  place: { bucket: string; prefix: string },
  access: { region?: string; profile?: string },
): StoredReports {
  return createS3StoredReports(new S3Client({ ...clientDefaults, ...access }), place);
}
