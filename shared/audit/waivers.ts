import type { AuditRun } from './audit-report.ts';
import type { CheckInfo, Judged } from './finding.ts';
import { type AuditResult, type Hashing, isFinding, resultsOf } from './result.ts';

/** Somebody's word that a finding may stay for a while. */
export interface Waiver {
  /** The check's. */
  id: string;
  /** A pattern of resources, in which `*` stands for anything, slashes included. */
  resource: string;
  /** A pattern of clusters; undefined: every cluster. */
  cluster?: string;
  reason: string;
  owner: string;
  /** A date, YYYY-MM-DD: the last day on which it counts, in UTC. */
  expires: string;
  /** Where it stands in its file. */
  line: number;
  matches(resource: string): boolean;
  matchesCluster(cluster: string): boolean;
}

export interface WaiverFile {
  /** As messages call it. */
  file: string;
  waivers: readonly Waiver[];
}

const docs = 'docs/waivers.md';

export const waiverChecks = [
  { id: 'WAIVER-01', severity: 'medium', title: 'No waiver has expired', docs },
  { id: 'WAIVER-02', severity: 'low', title: 'Every waiver is of a finding that is there', docs },
] as const satisfies CheckInfo[];
const [expired, unmatched] = waiverChecks;

/**
 * The results, those that are waived marked as such and still among them, and a finding for each waiver that has expired or that is of nothing.
 * What is unknown may be waived, too: a waiver of it says that one does without knowing.
 */
export function applyWaivers(
  results: readonly AuditResult[],
  { file, waivers }: WaiverFile,
  { run, checks, now }: { run: Omit<AuditRun, 'complete'>; checks: readonly CheckInfo[]; now: number },
  hashing: Hashing,
): AuditResult[] {
  const concerned = waivers.filter((waiver) => concerns(waiver, run, checks));
  const [past, valid] = [concerned.filter((each) => isPast(each, now)), concerned.filter((each) => !isPast(each, now))];
  const used = new Set<Waiver>();
  const marked = results.map((result) => {
    if (!isFinding(result) && result.status !== 'UNKNOWN') return result;
    const matching = valid.filter((waiver) => isOf(waiver, result));
    for (const waiver of matching) used.add(waiver);
    const [first] = matching;
    if (!first) return result;
    return { ...result, waived: { by: first.owner, reason: first.reason, expires: first.expires } };
  });
  const unused = valid.filter((waiver) => !used.has(waiver));
  const where = { account: run.account, region: run.region, cluster: '' };
  const about = (waiver: Waiver, verdict: Pick<Judged, 'status' | 'text'>) => judged(waiver, file, verdict);
  return [
    ...marked,
    ...resultsOf(
      expired,
      past.map((each) => about(each, { status: 'FAIL', text: pastText(each, results) })),
      where,
      hashing,
    ),
    ...resultsOf(
      unmatched,
      unused.map((each) =>
        about(each, { status: 'WARN', text: `${said(each)} is of nothing that was found: take it out` }),
      ),
      where,
      hashing,
    ),
  ];
}

function isOf(waiver: Waiver, { id, resource, cluster }: AuditResult): boolean {
  return waiver.id === id && waiver.matches(resource) && waiver.matchesCluster(cluster);
}

/** A file may serve several audits, regions and accounts: a waiver of what this run could not have found is none of its business. */
function concerns(waiver: Waiver, run: Omit<AuditRun, 'complete'>, checks: readonly CheckInfo[]): boolean {
  const family = (id: string) => id.split('-')[0];
  if (!checks.some(({ id }) => family(id) === family(waiver.id))) return false;
  if (waiver.cluster !== undefined && !run.allClusters && !run.clusters.some(waiver.matchesCluster)) return false;
  const [arn, , , region = '', account = ''] = waiver.resource.split(':');
  const other = (given: string, ours: string) => /^[a-z0-9-]+$/.test(given) && given !== ours;
  return arn !== 'arn' || !(other(region, run.region) || other(account, run.account));
}

const dayMilliseconds = 86_400_000;

function isPast({ expires }: Waiver, now: number): boolean {
  return now >= Date.parse(`${expires}T00:00:00Z`) + dayMilliseconds;
}

function pastText(waiver: Waiver, results: readonly AuditResult[]): string {
  const count = results.filter((each) => isFinding(each) && isOf(waiver, each)).length;
  const again =
    count === 0
      ? 'nothing that it was of is left'
      : `${count} ${count === 1 ? 'finding is' : 'findings are'} open again`;
  return `${said(waiver)} expired on ${waiver.expires}: ${again}`;
}

function said({ id, resource, owner }: Waiver): string {
  return `the waiver by ${owner} of ${id} for ${resource}`;
}

function judged(waiver: Waiver, file: string, verdict: Pick<Judged, 'status' | 'text'>): Judged {
  const { id, resource, cluster, reason, owner, expires, line } = waiver;
  return {
    ...verdict,
    resource: file,
    matter: [id, resource, cluster ?? '*'].join(' '),
    evidence: { id, resource, ...(cluster !== undefined && { cluster }), reason, owner, expires, line },
  };
}
