import type { Log, ReportPort } from '../ports.ts';
import { once } from './once.ts';
import { type RenderPage, type ReportStore, withPages } from './report-pages.ts';

interface ReportPlace {
  reportBucket: string | undefined;
  reportFolder: string | undefined;
}

/** S3 in a deployment; a folder where the settings name one. Loaded with the first report; a page is drawn when a drain has ended. */
export function lazyReports(
  { reportBucket, reportFolder }: ReportPlace,
  { render, log }: { render: RenderPage; log: Log },
): ReportPort {
  const opened = once(async (): Promise<ReportStore> => {
    if (reportBucket !== undefined) return (await import('./open-s3-reports.ts')).openS3Reports(reportBucket);
    if (reportFolder === undefined) throw new Error('neither a bucket nor a folder for reports');
    return (await import('./file-reports.ts')).createFileReports({ folder: reportFolder });
  });
  const store: ReportStore = {
    load: async (key, signal) => (await opened()).load(key, signal),
    save: async (key, report, signal) => (await opened()).save(key, report, signal),
    savePage: async (key, page, signal) => (await opened()).savePage(key, page, signal),
  };
  return withPages(store, render, log);
}
