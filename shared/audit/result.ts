import {
  type CheckInfo,
  type Judged,
  type Remediation,
  type Severity,
  type Status,
  severities,
  statuses,
} from './finding.ts';

/** What one check says of one thing, as reports carry it. */
export interface AuditResult {
  /** The check's, for example `NET-05`. */
  id: string;
  status: Status;
  severity: Severity;
  /** Empty where it concerns none. */
  cluster: string;
  /** An ARN, or the name of what has none that is known. */
  resource: string;
  /** Tells apart what the check says twice of one thing. */
  matter?: string;
  /** One line. */
  reason: string;
  evidence: Readonly<Record<string, unknown>>;
  remediation?: Remediation;
  /** The same for the same matter in every run: SHA-256, in hexadecimal digits. */
  fingerprint: string;
  /** When the run began that found it first, in ISO 8601: of what is wrong, or was when it could last be looked at. */
  since?: string;
  waived?: Waived;
}

export interface Waived {
  /** The owner of the waiver. */
  by: string;
  reason: string;
  /** A date: the last day on which the waiver counts. */
  expires: string;
}

/** Hexadecimal digits; the core has no hash of its own. */
export interface Hashing {
  sha256(text: string): string;
}

export interface Place {
  account: string;
  region: string;
}

/** A check's words as a result. Neither the words nor what was seen are part of its fingerprint, so that a finding keeps it when they change. */
export function resultOf(
  { id, severity }: Pick<CheckInfo, 'id' | 'severity'>,
  { text, matter, severity: own, remediation, ...judged }: Judged,
  { account, region, cluster }: Place & { cluster: string },
  { sha256 }: Hashing,
): AuditResult {
  const { status, resource, evidence } = judged;
  return {
    ...{ id, status, severity: own ?? severity, cluster, resource },
    ...(matter !== undefined && { matter }),
    ...{ reason: text, evidence },
    ...(remediation && { remediation }),
    fingerprint: sha256([id, account, region, cluster, resource, matter ?? ''].join('|')),
  };
}

/** All that a check says of one cluster. What it says twice of one thing without telling why is numbered: no fingerprint stands for two. */
export function resultsOf(
  check: Pick<CheckInfo, 'id' | 'severity'>,
  judged: readonly Judged[],
  where: Place & { cluster: string },
  hashing: Hashing,
): AuditResult[] {
  const times = new Map<string, number>();
  return judged.map((each) => {
    const result = resultOf(check, each, where, hashing);
    const time = (times.get(result.fingerprint) ?? 0) + 1;
    times.set(result.fingerprint, time);
    return time === 1 ? result : resultOf(check, { ...each, matter: `${each.matter ?? ''}#${time}` }, where, hashing);
  });
}

/** Something is wrong, or may be; waived or not. */
export function isFinding({ status }: Pick<AuditResult, 'status'>): boolean {
  return status === 'FAIL' || status === 'WARN';
}

/** Something is wrong, or may be, and nobody has said that it may stay so. */
export function isOpen(result: Pick<AuditResult, 'status' | 'waived'>): boolean {
  return isFinding(result) && !result.waived;
}

/** What needs somebody comes first; what is waived comes before what is well. */
export function inOrder(results: readonly AuditResult[]): AuditResult[] {
  const rank = ({ status, severity, waived }: AuditResult) =>
    (waived ? statuses.indexOf('UNKNOWN') + 0.5 : statuses.indexOf(status)) * severities.length * 2 +
    severities.indexOf(severity);
  const name = ({ id, cluster, resource, matter }: AuditResult) => [id, cluster, resource, matter ?? ''].join('\n');
  const keyed = results.map((result) => ({ result, rank: rank(result), name: name(result) }));
  keyed.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
  return keyed.map(({ result }) => result);
}
