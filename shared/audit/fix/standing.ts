import { auditNetwork } from '../audit-network.ts';
import { severities } from '../finding.ts';
import { discoveries, discoveryView } from '../network/balancer-discovery.ts';
import { schemes } from '../network/candidates.ts';
import type { NetworkCheck } from '../network/check.ts';
import { type ClusterContext, clusterContexts } from '../network/context.ts';
import type { NetworkSnapshot } from '../network/snapshot.ts';
import { networkChecks } from '../network-checks.ts';
import { type AuditResult, isFinding } from '../result.ts';

/** Checks whose results follow from tags of load balancers and clusters. */
const ids = ['02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '23', '28', '30'].map(
  (id) => `NET-${id}`,
);
export const tagChecks: readonly NetworkCheck[] = networkChecks.filter(({ id }) => ids.includes(id));

/** A result without what was seen, of which a search would hold too much; its fingerprint is plain text. */
export type BareResult = Omit<AuditResult, 'evidence' | 'remediation'>;

/** How clusters stand, as far as tags decide it. */
export interface Standing {
  /** By what they are about. */
  results: ReadonlyMap<string, BareResult>;
  /** The zones in which load balancers that can be made are placed well, by cluster, way of looking and kind of load balancer. */
  zones: ReadonlyMap<string, readonly string[]>;
}

export function standingOf(snapshot: NetworkSnapshot, checks: readonly NetworkCheck[] = tagChecks): Standing {
  const { results } = auditNetwork(snapshot, { sha256: (text) => text }, checks);
  return {
    results: new Map(results.map((result) => [result.fingerprint, bare(result)])),
    zones: new Map(clusterContexts(snapshot).flatMap(servedZones)),
  };
}

function bare({ evidence: _, remediation: __, ...result }: AuditResult): BareResult {
  return result;
}

function servedZones(context: ClusterContext): [string, string[]][] {
  const { isPublic } = discoveryView(context);
  const requests = schemes.flatMap((scheme) =>
    (['alb', 'nlb'] as const).flatMap((type) => [true, false].map((dualStack) => ({ scheme, type, dualStack }))),
  );
  return requests.flatMap((request) =>
    discoveries(context, request).flatMap(({ chosen, error, unknown }, way): [string, string[]][] => {
      if (error !== undefined || unknown !== undefined) return [];
      const well = request.scheme === 'internal' ? chosen : chosen.filter((subnet) => isPublic(subnet) !== false);
      const { type, scheme, dualStack } = request;
      const zones = well.flatMap(({ AvailabilityZone }) => AvailabilityZone ?? []);
      return [[[context.cluster.name, way, scheme, type, dualStack].join('|'), zones]];
    }),
  );
}

/** What was wrong and is not any more. */
export function gone(before: Standing, after: Standing): BareResult[] {
  return [...before.results.values()].filter((was) => {
    const now = after.results.get(was.fingerprint);
    return isFinding(was) && !(now && (isFinding(now) || now.status === 'UNKNOWN'));
  });
}

/** The results that are worse than they were, and the zones that load balancers lose, in words. */
export function losses(before: Standing, after: Standing): string[] {
  const worse = [...after.results.values()].filter((now) => isWorse(before.results.get(now.fingerprint), now));
  const lost = [...before.zones].flatMap(([of, zones]) => {
    const now = after.zones.get(of) ?? [];
    const [cluster, , scheme] = of.split('|');
    return zones
      .filter((zone) => !now.includes(zone))
      .map((zone) => `${scheme} load balancers of ${cluster} lose ${zone}`);
  });
  return [...new Set([...worse.map(({ id, cluster, reason }) => `${id} of ${cluster}: ${reason}`), ...lost])];
}

/** What was not there before was well. To know less is worse than a warning that is known; only of NET-23, which nobody may read everywhere, a subnet that comes under it may be unknown. */
function isWorse(was: BareResult | undefined, now: BareResult): boolean {
  if (now.status === 'UNKNOWN') return was ? was.status !== 'UNKNOWN' : now.id !== 'NET-23';
  return level(now) > (was ? level(was) : 0);
}

function level({ status, severity }: BareResult): number {
  if (status === 'UNKNOWN') return 1;
  if (status !== 'WARN' && status !== 'FAIL') return 0;
  return (status === 'FAIL' ? 100 : 10) - severities.indexOf(severity);
}
