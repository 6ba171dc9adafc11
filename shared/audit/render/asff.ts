import type { AuditReport, AuditRun } from '../audit-report.ts';
import type { CheckInfo, Severity, Status } from '../finding.ts';
import { type AuditResult, isFinding } from '../result.ts';
import { cutTo, oneLine } from './plain-text.ts';

/** One finding as `BatchImportFindings` takes it. https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html */
export interface AsffFinding {
  SchemaVersion: '2018-10-08';
  Id: string;
  ProductArn: string;
  GeneratorId: string;
  AwsAccountId: string;
  Types: string[];
  FirstObservedAt: string;
  CreatedAt: string;
  UpdatedAt: string;
  Severity: { Label: string; Original: string };
  Title: string;
  Description: string;
  Remediation?: { Recommendation: { Text?: string; Url?: string } };
  ProductFields: Record<string, string>;
  Resources: { Type: string; Id: string; Partition: string; Region: string }[];
  Compliance: { Status: string };
  Workflow?: { Status: 'SUPPRESSED' };
  RecordState: 'ACTIVE' | 'ARCHIVED';
}

/** Of one call, and the bytes of one finding. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html */
export const mostFindings = 100;
export const mostFindingBytes = 240_000;

const states: Record<Status, string> = {
  FAIL: 'FAILED',
  WARN: 'WARNING',
  PASS: 'PASSED',
  UNKNOWN: 'NOT_AVAILABLE',
  NOT_APPLICABLE: 'NOT_AVAILABLE',
};
const labels: Record<Severity, string> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  info: 'INFORMATIONAL',
};

/** What Security Hub is to be told of a run, in batches of one call each: what it found, and what the run before found and is there no more. */
export function asffBatches(
  report: AuditReport,
  before?: Pick<AuditReport, 'checks' | 'results' | 'unseen'>,
): AsffFinding[][] {
  const { run, results, unseen } = report;
  const earlier = before ? [...before.results, ...before.unseen] : [];
  const known = new Set(earlier.map(({ fingerprint }) => fingerprint));
  const left = new Set([...results, ...unseen].map(({ fingerprint }) => fingerprint));
  const gone = [...new Map(earlier.map((each) => [each.fingerprint, each])).values()].filter(
    ({ fingerprint }) => !left.has(fingerprint),
  );
  const checks = new Map([...(before?.checks ?? []), ...report.checks].map((check) => [check.id, check]));
  const findings = [
    ...results.map((each) => ({
      ...findingOf(each, checks.get(each.id), run),
      // Later imports may not change it: what a person has set in Security Hub stays.
      ...(each.waived && !known.has(each.fingerprint) && { Workflow: { Status: 'SUPPRESSED' as const } }),
    })),
    ...gone.map((each) => ({ ...findingOf(each, checks.get(each.id), run), RecordState: 'ARCHIVED' as const })),
  ];
  return Array.from({ length: Math.ceil(findings.length / mostFindings) }, (_, i) =>
    findings.slice(i * mostFindings, (i + 1) * mostFindings),
  );
}

function findingOf(result: AuditResult, check: CheckInfo | undefined, run: AuditRun): AsffFinding {
  const { id, status, severity, resource, reason, remediation, fingerprint, since = run.startedAt } = result;
  const { account, region, partition, audit, startedAt } = run;
  const command = remediation?.command;
  const url = remediation?.docs ?? check?.docs;
  const advice = {
    ...(command !== undefined && command.length <= 512 && { Text: command }),
    ...(url !== undefined && URL.canParse(url) && { Url: url }),
  };
  return {
    SchemaVersion: '2018-10-08',
    Id: `${region}/${account}/eks-node-lifecycle/${fingerprint}`,
    ProductArn: `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`,
    GeneratorId: `eks-node-lifecycle/${audit}/${id}`,
    AwsAccountId: account,
    Types: ['Software and Configuration Checks/AWS Security Best Practices'],
    ...{ FirstObservedAt: since, CreatedAt: since, UpdatedAt: startedAt },
    Severity: { Label: isFinding(result) ? labels[severity] : 'INFORMATIONAL', Original: severity },
    Title: cutTo(oneLine(`${id} ${check?.title ?? ''}`) || '-', 256),
    Description: cutTo(oneLine(reason) || '-', 1024),
    ...(Object.keys(advice).length > 0 && { Remediation: { Recommendation: advice } }),
    ProductFields: fieldsOf(result),
    Resources: [{ Type: 'Other', Id: cutTo(resource, 512), Partition: partition, Region: region }],
    Compliance: { Status: states[status] },
    RecordState: 'ACTIVE',
  };
}

/** At most 50, of at most 2048 characters each. */
function fieldsOf({ cluster, status, matter, evidence, remediation, waived }: AuditResult): Record<string, string> {
  const { command = '' } = remediation ?? {};
  const given = {
    'eks-node-lifecycle/cluster': cluster,
    'eks-node-lifecycle/status': status,
    'eks-node-lifecycle/matter': matter,
    'eks-node-lifecycle/evidence': JSON.stringify(evidence),
    'eks-node-lifecycle/command': command.length <= 2048 ? command : undefined,
    'eks-node-lifecycle/waived': waived && `${waived.reason} (${waived.by}, until ${waived.expires})`,
  };
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) => (value ? [[key, cutTo(value.toWellFormed(), 2048)]] : [])),
  );
}
