import type { DrainReport } from '../lifecycle/report.ts';
import type { Log, ReportPort } from '../ports.ts';

/** Where a report lies there is room for its page. */
export interface ReportStore extends ReportPort {
  /** Says where the page lies: an `s3://` URL or a file's path. */
  savePage(key: string, page: string, signal: AbortSignal): Promise<string>;
}

/** How a report is read by a person. */
export type RenderPage = (report: DrainReport) => Promise<string>;

/**
 * Keeps the page of a drain that is over beside its report; not before, since a hook must not wait for a picture. One that cannot be drawn or kept
 * costs the picture, not the drain: the report has it all.
 */
export function withPages(store: ReportStore, render: RenderPage, log: Log): ReportPort {
  return {
    load: store.load,
    save: async (key, report, signal) => {
      const location = await store.save(key, report, signal);
      if (report.end === undefined || report.endedAt === undefined) return location;
      try {
        const page = await store.savePage(key, await render(report), signal);
        log.info('page of the report kept', { report: location, page });
      } catch (error) {
        log.warn('no page of the report', { report: location, error: String(error) });
      }
      return location;
    },
  };
}
