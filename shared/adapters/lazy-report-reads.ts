import type { ReportPort } from '../ports.ts';
import { once } from './once.ts';

interface ReportPlace {
  reportBucket: string | undefined;
  reportFolder: string | undefined;
}

/** Reports of drains for whoever only reads them; there are none where the settings name no place. Loaded with the first. */
export function lazyReportReads({ reportBucket, reportFolder }: ReportPlace): Pick<ReportPort, 'load'> {
  const opened = once(async (): Promise<Pick<ReportPort, 'load'>> => {
    if (reportBucket !== undefined) return (await import('./open-s3-report-reads.ts')).openS3ReportReads(reportBucket);
    if (reportFolder === undefined) return { load: async () => undefined };
    return (await import('./file-reports.ts')).createFileReports({ folder: reportFolder });
  });
  return { load: async (key, signal) => (await opened()).load(key, signal) };
}
