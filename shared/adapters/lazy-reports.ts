import type { ReportPort } from '../ports.ts';
import { clientDefaults } from './client-defaults.ts';
import { createFileReports } from './file-reports.ts';
import { once } from './once.ts';

export interface ReportPlace {
  reportBucket: string | undefined;
  reportFolder: string | undefined;
}

/** S3 in a deployment; a folder where the settings name one. */
export function lazyReports({ reportBucket, reportFolder }: ReportPlace): ReportPort {
  const opened = once(async () => {
    if (reportFolder !== undefined) return createFileReports({ folder: reportFolder });
    if (reportBucket === undefined) throw new Error('neither a bucket nor a folder for reports');
    const [{ S3Client }, { createS3Reports }] = await Promise.all([
      import('@aws-sdk/client-s3'),
      import('./s3-reports.ts'),
    ]);
    return createS3Reports(new S3Client(clientDefaults), { bucket: reportBucket });
  });
  return {
    load: async (key, signal) => (await opened()).load(key, signal),
    save: async (key, report, signal) => (await opened()).save(key, report, signal),
  };
}
