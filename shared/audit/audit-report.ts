import { type Finding, type FindingStatus, type Severity, severities } from './finding.ts';

/** What an audit leaves behind. `version` changes when a field goes or means something else. */
export interface AuditReport {
  version: 1;
  audit: string;
  region: string;
  /** Epoch milliseconds. */
  startedAt: number;
  clusters: readonly string[];
  /** Nothing is unknown. */
  complete: boolean;
  counts: Readonly<Record<FindingStatus, number>>;
  findings: readonly Finding[];
  /** What was not judged, since it is none of ours. */
  leftAlone: readonly LeftAlone[];
}

export interface LeftAlone {
  cluster: string;
  resource: string;
  code: string;
  text: string;
}

const worst: readonly FindingStatus[] = ['FAIL', 'WARN', 'UNKNOWN', 'PASS'];

/** What needs somebody comes first. */
export function auditReport({ findings, ...rest }: Omit<AuditReport, 'version' | 'complete' | 'counts'>): AuditReport {
  const rank = ({ status, severity }: Finding) =>
    worst.indexOf(status) * severities.length + severities.indexOf(severity);
  const sorted = [...findings].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
  const count = (status: FindingStatus) => findings.filter((each) => each.status === status).length;
  const counts = { FAIL: count('FAIL'), WARN: count('WARN'), UNKNOWN: count('UNKNOWN'), PASS: count('PASS') };
  return { version: 1, ...rest, complete: counts.UNKNOWN === 0, counts, findings: sorted };
}

/** How many there are of each severity of what is wrong, those of which there are none included. */
export function wrongBySeverity(findings: readonly Finding[]): [Severity, number][] {
  const wrong = findings.filter(({ status }) => status === 'FAIL' || status === 'WARN');
  return severities.map((severity) => [severity, wrong.filter((each) => each.severity === severity).length]);
}
