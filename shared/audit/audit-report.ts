import { type CheckInfo, type Severity, type Status, severities, statuses } from './finding.ts';
import { type AuditResult, inOrder, isOpen, type Place } from './result.ts';
import type { VpcMap } from './vpc-map.ts';

/** What an audit leaves behind. `version` changes when a field goes or means something else; docs/report.schema.json has its schema. */
export interface AuditReport {
  version: 2;
  run: AuditRun;
  counts: Counts;
  /** The checks that were made, in their order. */
  checks: readonly CheckInfo[];
  results: readonly AuditResult[];
  /** What the audit may not do and would have to, each once. */
  denied: readonly Denied[];
  /** What was not judged, since it is none of ours. */
  leftAlone: readonly LeftAlone[];
  /** What an earlier run found wrong and this one could not see, so that it is neither new nor resolved. */
  unseen: readonly AuditResult[];
  /** The networks as they were seen. */
  networks?: readonly VpcMap[];
}

export interface AuditRun extends Place {
  /** For example `subnet-audit`. */
  audit: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  clusters: readonly string[];
  /** These are all clusters of the region, so that one that is not among them is gone. */
  allClusters: boolean;
  /** An instant in ISO 8601. */
  startedAt: string;
  /** Nothing is unknown. */
  complete: boolean;
}

/** By status, without what is waived; that is counted by itself. */
export type Counts = Readonly<Record<Status | 'waived', number>>;

export interface Denied {
  /** For example `ec2:DescribeRouteTables`. */
  action: string;
  /** A VPC, a cluster, or the region. */
  about: string;
  message: string;
}

export interface LeftAlone {
  cluster: string;
  resource: string;
  code: string;
  text: string;
}

export type ReportParts = Pick<AuditReport, 'checks' | 'results'> & {
  run: Omit<AuditRun, 'complete'>;
} & Partial<Pick<AuditReport, 'denied' | 'leftAlone' | 'unseen' | 'networks'>>;

export function auditReport({ run, checks, results, networks, ...rest }: ReportParts): AuditReport {
  const count = (status: Status) => results.filter((each) => each.status === status && !each.waived).length;
  const byStatus = Object.fromEntries(statuses.map((status) => [status, count(status)])) as Record<Status, number>;
  return {
    version: 2,
    run: { ...run, complete: !results.some(({ status }) => status === 'UNKNOWN') },
    counts: { ...byStatus, waived: results.filter(({ waived }) => waived).length },
    checks,
    results: inOrder(results),
    ...{ denied: [], leftAlone: [], unseen: [], ...rest },
    ...(networks && { networks }),
  };
}

/** How many findings there are of each severity, those of which there are none included; what is waived is none. */
export function openBySeverity(results: readonly AuditResult[]): [Severity, number][] {
  const open = results.filter(isOpen);
  return severities.map((severity) => [severity, open.filter((each) => each.severity === severity).length]);
}
