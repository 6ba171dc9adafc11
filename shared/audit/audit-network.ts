import type { Denied } from './audit-report.ts';
import type { Judged, NetworkCheck } from './network/check.ts';
import { type ClusterContext, clusterContexts } from './network/context.ts';
import type { NetworkSnapshot } from './network/snapshot.ts';
import { networkChecks } from './network-checks.ts';
import { type AuditResult, type Hashing, resultsOf } from './result.ts';

export interface NetworkAudit {
  checks: readonly NetworkCheck[];
  results: readonly AuditResult[];
  /** What the audit would have had to read and could not, each action once. */
  denied: readonly Denied[];
}

/** Runs every check for every cluster. A check that throws is UNKNOWN for that cluster and never the end of the run. */
export function auditNetwork(
  snapshot: NetworkSnapshot,
  hashing: Hashing,
  checks: readonly NetworkCheck[] = networkChecks,
): NetworkAudit {
  const missing = new Set<string>();
  const results = clusterContexts(snapshot).flatMap((context) =>
    checks.flatMap((check) => {
      const judged = judgedBy(check, context);
      for (const action of judged.flatMap((each) => each.missing ?? [])) missing.add(action);
      const { account, region } = snapshot;
      return resultsOf(check, judged, { account, region, cluster: context.cluster.name }, hashing);
    }),
  );
  return { checks, results, denied: deniedReads(snapshot, missing) };
}

function judgedBy(check: NetworkCheck, context: ClusterContext): Judged[] {
  const { arn: resource } = context;
  try {
    const judged = check.judge(context);
    const text = `nothing of the cluster is for ${check.id} to judge`;
    return judged.length > 0 ? judged : [{ status: 'NOT_APPLICABLE', resource, text, evidence: {} }];
  } catch (cause) {
    const error = cause instanceof Error ? cause.message : String(cause);
    const text = `the check failed on what it was given: ${error}`;
    return [{ status: 'UNKNOWN', resource, text, evidence: { error }, matter: 'check-failed' }];
  }
}

function deniedReads({ denied = [], region }: NetworkSnapshot, missing: ReadonlySet<string>): Denied[] {
  const refused = Map.groupBy(denied, ({ action }) => action);
  const named = [...new Set([...refused.keys(), ...missing])].sort();
  return named.map((action) => {
    const rows = refused.get(action) ?? [];
    const about = [...new Set(rows.map((each) => each.about))].join(', ') || region;
    return { action, about, message: rows[0]?.message ?? 'not in the snapshot' };
  });
}
