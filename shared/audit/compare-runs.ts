import type { AuditReport } from './audit-report.ts';
import { type AuditResult, isFinding, isOpen } from './result.ts';

/** What became of findings from one run to the next. What is waived is in none of the first three. */
export interface RunChanges {
  /** Open now, and not before. */
  new: AuditResult[];
  /** Open before, looked at again, and no longer wrong; as the earlier run had them. */
  resolved: AuditResult[];
  /** Open in both; as this run has them. */
  still: AuditResult[];
  /** Wrong before, waived included, and not to be seen in this run; as the earlier run had them. */
  unseen: AuditResult[];
}

type Compared = Pick<AuditReport, 'run' | 'checks' | 'results' | 'unseen'>;

/**
 * By fingerprint. A finding is resolved only when its check looked at its cluster and knew all that it said: that a read is refused, or that a
 * run is of other clusters, resolves nothing. Throws when the runs are of different accounts, regions or audits.
 */
export function compareRuns(before: Compared, now: Compared): RunChanges {
  for (const key of ['audit', 'account', 'region'] as const) {
    if (before.run[key] !== now.run[key])
      throw new Error(`runs of different ${key}s are not compared: ${before.run[key]} and ${now.run[key]}`);
  }
  const wrong = [...before.results.filter(isFinding), ...before.unseen];
  const wasOpen = new Set(wrong.filter(isOpen).map(({ fingerprint }) => fingerprint));
  const open = now.results.filter(isOpen);
  const found = new Map(now.results.map((each) => [each.fingerprint, each]));
  const isSeen = seenBy(now);
  const hidden = (each: AuditResult) => {
    const status = found.get(each.fingerprint)?.status;
    return status === undefined ? !isSeen(each) : status === 'UNKNOWN';
  };
  const isWrong = ({ fingerprint }: AuditResult) => isFinding(found.get(fingerprint) ?? { status: 'PASS' });
  return {
    new: open.filter(({ fingerprint }) => !wasOpen.has(fingerprint)),
    resolved: wrong.filter((each) => isOpen(each) && !isWrong(each) && !hidden(each)),
    still: open.filter(({ fingerprint }) => wasOpen.has(fingerprint)),
    unseen: wrong.filter(hidden),
  };
}

/** Whether what a run does not mention would have been mentioned if it were there. */
function seenBy({ run, checks, results }: Compared): (result: AuditResult) => boolean {
  const made = new Set(checks.map(({ id }) => id));
  const key = (id: string, cluster: string) => `${id}|${cluster}`;
  const unknown = new Set(
    results.filter(({ status }) => status === 'UNKNOWN').map(({ id, cluster }) => key(id, cluster)),
  );
  return ({ id, cluster }) =>
    made.has(id) &&
    (cluster === '' || run.allClusters || run.clusters.includes(cluster)) &&
    !unknown.has(key(id, cluster));
}

/** The report with what the run before it knows: since when each finding is there, and what is out of sight now. */
export function remembering<Report extends Compared>(report: Report, before: Compared | undefined): Report {
  const { startedAt } = report.run;
  const known = new Map(
    [...(before?.results ?? []), ...(before?.unseen ?? [])].map((each) => [each.fingerprint, each]),
  );
  const results = report.results.map((each) => {
    const since = known.get(each.fingerprint)?.since ?? (isFinding(each) ? startedAt : undefined);
    return since !== undefined && (isFinding(each) || each.status === 'UNKNOWN') ? { ...each, since } : each;
  });
  return { ...report, results, unseen: before ? compareRuns(before, report).unseen : [] };
}
