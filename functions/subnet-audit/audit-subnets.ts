import type { SnapshotWishes } from '../../shared/adapters/network-snapshot.ts';
import type { AuditReport } from '../../shared/audit/audit-report.ts';
import type { NetworkSnapshot } from '../../shared/audit/network/snapshot.ts';
import { networkReport, subnetAudit } from '../../shared/audit/network-report.ts';
import type { WaiverFile } from '../../shared/audit/waivers.ts';
import { hashing } from '../../shared/audit-files/sha256.ts';
import type { AuditRunPorts } from '../../shared/audit-run/audit-run-ports.ts';
import { endRun } from '../../shared/audit-run/end-run.ts';
import { recallReport } from '../../shared/audit-run/recall-report.ts';
import type { Clock } from '../../shared/ports.ts';

export interface SubnetAuditPorts extends AuditRunPorts {
  takeSnapshot(wishes: SnapshotWishes, signal: AbortSignal): Promise<NetworkSnapshot>;
  /** Throws when they are wrong: nobody knows then what is waived. */
  waivers(signal: AbortSignal): Promise<WaiverFile | undefined>;
  clock: Clock;
}

export type SubnetAuditOutput = Pick<AuditReport, 'counts'> & {
  complete: boolean;
  report: string;
  new: number;
  resolved: number;
};

/**
 * Looks at the networks of clusters once, keeps what it found, and tells what has changed since the run before. Throws when it could not look
 * at all or its report cannot be kept. That somebody could not be told is no reason to look again: the next run tells it.
 */
export async function auditSubnets(
  { clusterNames }: { clusterNames: readonly string[] },
  ports: SubnetAuditPorts,
  signal: AbortSignal,
): Promise<SubnetAuditOutput> {
  const { clock, log } = ports;
  const startedAt = clock.now();
  const waivers = await ports.waivers(signal);
  const snapshot = await ports.takeSnapshot({ clusterNames, vpcIds: [] }, signal);
  const { account, region } = snapshot;
  const before = await recallReport('latest', { audit: subnetAudit, account, region }, ports, signal);
  const report = networkReport(snapshot, { startedAt: new Date(startedAt).toISOString(), waivers, before }, hashing);
  const { told: _, ...ended } = await endRun(report, before, ports, signal);
  const { counts, run } = report;
  const output = { ...ended, complete: run.complete, counts };
  log.info('audit ended', { ...output, seconds: (clock.now() - startedAt) / 1000 });
  return output;
}
