import type { ReportPort } from '../ports.ts';
import { once } from './once.ts';

interface ReportPlace {
  reportBucket: string | undefined;
  reportFolder: string | undefined;
}

/** S3 in a deployment; a folder where the settings name one. Loaded with the first report. */
export function lazyReports({ reportBucket, reportFolder }: ReportPlace): ReportPort {
  const opened = once(async () => {
    if (reportBucket !== undefined) return (await import('./open-s3-reports.ts')).openS3Reports(reportBucket);
    if (reportFolder === undefined) throw new Error('neither a bucket nor a folder for reports');
    return (await import('./file-reports.ts')).createFileReports({ folder: reportFolder });
  });
  return {
    load: async (key, signal) => (await opened()).load(key, signal),
    save: async (key, report, signal) => (await opened()).save(key, report, signal),
  };
}
