import { type AuditReport, auditReport } from '../audit/audit-report.ts';
import { remembering } from '../audit/compare-runs.ts';
import type { CheckInfo } from '../audit/finding.ts';
import { type AuditResult, type Hashing, isFinding, type Place, resultsOf } from '../audit/result.ts';
import { applyWaivers, type WaiverFile, waiverChecks } from '../audit/waivers.ts';
import { blindVerdict } from './job-verdicts.ts';
import type { EndedJob, LogRunPlan } from './log-run.ts';
import { checkOf, isOfTrail, type ScheduledQuery } from './scheduled-queries.ts';
import { stillOpen } from './still-open.ts';

export const logAudit = 'audit-log';

export interface LogReportParts {
  plan: LogRunPlan;
  ended: readonly EndedJob[];
  queries: readonly ScheduledQuery[];
  where: Place & { partition: string };
  waivers: WaiverFile | undefined;
  /** The report of the run before. */
  before: AuditReport | undefined;
}

/** What a run found in the logs, as a report. */
export function logReport(
  { plan, ended, where, waivers, before, ...given }: LogReportParts,
  hashing: Hashing,
): AuditReport {
  const queries = given.queries.filter(isIn(plan));
  const { startedAt, clusters, allClusters } = plan;
  const { account, region } = where;
  const said = queries.flatMap((query) => {
    const check = checkOf(query);
    return (isOfTrail(query) ? [''] : clusters).flatMap((cluster) => {
      const isOf = (each: { cluster: string; query: string }) => each.cluster === cluster && each.query === query.id;
      const judged = [
        ...ended.filter(({ job }) => isOf(job)).flatMap((each) => each.judged),
        ...plan.blind.filter(isOf).map((each) => blindVerdict(query, each)),
      ];
      return resultsOf(check, judged, { account, region, cluster }, hashing);
    });
  });
  const checks = queries.map(checkOf);
  const open = stillOpen(before, said.filter(isFinding), looksAt(said, plan, checks), Date.parse(startedAt));
  // All is not well where a finding is still open, or where not everything could be seen.
  const troubled = new Set([...said.filter(({ status }) => status === 'UNKNOWN'), ...open].map(keyOf));
  const results = [...said.filter((each) => each.status !== 'PASS' || !troubled.has(keyOf(each))), ...open];

  const run = { audit: logAudit, ...where, clusters, allClusters, startedAt };
  const [expired, unmatched] = waiverChecks;
  // A waiver of an event that has not happened of late is no reason to take it out.
  const waived = waivers
    ? applyWaivers(results, waivers, { run, checks, now: Date.parse(startedAt) }, hashing).filter(
        ({ id }) => id !== unmatched.id,
      )
    : results;
  return remembering(auditReport({ run, checks: waivers ? [...checks, expired] : checks, results: waived }), before);
}

/** A deployment may bring a query in the middle of a run, which has not asked it. Where there is no cluster, there is nothing to ask. */
function isIn({ jobs, blind }: LogRunPlan): (query: ScheduledQuery) => boolean {
  const planned = new Set([...jobs, ...blind].map(({ query }) => query));
  return ({ id }) => planned.size === 0 || planned.has(id);
}

const keyOf = ({ id, cluster }: AuditResult) => `${id}|${cluster}`;

/** Whether a finding of its kind would have been found again. */
function looksAt(
  said: readonly AuditResult[],
  { allClusters }: LogRunPlan,
  checks: readonly CheckInfo[],
): (result: AuditResult) => boolean {
  const unknown = new Set(said.filter(({ status }) => status === 'UNKNOWN').map(keyOf));
  const seen = new Set(said.map(keyOf));
  // Of a cluster that is gone nothing is asked any more, and nothing would be found.
  const isGone = ({ id }: AuditResult) => allClusters && checks.some((check) => check.id === id);
  return (each) => (seen.has(keyOf(each)) ? !unknown.has(keyOf(each)) : isGone(each));
}
