import type { AuditReport } from '../audit/audit-report.ts';
import { type AuditResult, isFinding } from '../audit/result.ts';

/** Somebody has a day to see it, from when it was told or, if that is later, seen last; what happens again within it is the same finding. */
export const openHours = 24;

/**
 * What earlier runs found and the log has not said again: an event that is over is not put right by itself, so it stays for a day, and is resolved then. `isLookedAt`: of others nobody knows whether they were seen again.
 */
export function stillOpen(
  before: Pick<AuditReport, 'results' | 'unseen'> | undefined,
  found: readonly AuditResult[],
  isLookedAt: (result: AuditResult) => boolean,
  nowMilliseconds: number,
): AuditResult[] {
  const known = new Set(found.map(({ fingerprint }) => fingerprint));
  const earlier = [...(before?.results ?? []).filter(isFinding), ...(before?.unseen ?? [])];
  return earlier
    .filter((each) => !known.has(each.fingerprint) && isLookedAt(each))
    .filter((each) => nowMilliseconds - newsAt(each) < openHours * 3_600_000)
    .map(({ waived: _, ...each }) => each);
}

function newsAt({ since, evidence: { lastSeen } }: AuditResult): number {
  const instants = [since, lastSeen].map((instant) => Date.parse(String(instant)));
  return Math.max(...instants.filter((each) => !Number.isNaN(each)));
}
