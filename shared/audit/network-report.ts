import { auditNetwork } from './audit-network.ts';
import { type AuditReport, auditReport } from './audit-report.ts';
import { remembering } from './compare-runs.ts';
import type { CheckInfo } from './finding.ts';
import type { NetworkSnapshot } from './network/snapshot.ts';
import { vpcMaps } from './network/vpc-maps.ts';
import type { Hashing } from './result.ts';
import { applyWaivers, type WaiverFile, waiverChecks } from './waivers.ts';

export const subnetAudit = 'subnet-audit';

export interface NetworkReportWishes {
  /** When the audit began, in ISO 8601; waivers expire by it. */
  startedAt: string;
  waivers?: WaiverFile | undefined;
  /** The report of the run before, of the same account and region. */
  before?: Pick<AuditReport, 'run' | 'checks' | 'results' | 'unseen'> | undefined;
}

/** All that the checks say of a snapshot, as a report: fingerprinted, waived, and remembering since when. */
export function networkReport(
  snapshot: NetworkSnapshot,
  { startedAt, waivers, before }: NetworkReportWishes,
  hashing: Hashing,
): AuditReport {
  const { account, region, partition } = snapshot;
  const { checks, results, denied } = auditNetwork(snapshot, hashing);
  const clusters = snapshot.Clusters.map(({ name }) => name);
  const allClusters = snapshot.clusters?.every((name) => clusters.includes(name)) ?? false;
  const run = { audit: subnetAudit, account, region, partition, clusters, allClusters, startedAt };
  const made = checks.map(infoOf);
  const waived = waivers && applyWaivers(results, waivers, { run, checks: made, now: Date.parse(startedAt) }, hashing);
  const report = auditReport({
    ...{ run, results: waived ?? results, denied, checks: waivers ? [...made, ...waiverChecks] : made },
    networks: vpcMaps(snapshot),
  });
  return remembering(report, before);
}

function infoOf({ id, severity, title, docs }: CheckInfo): CheckInfo {
  return { id, severity, title, docs };
}
