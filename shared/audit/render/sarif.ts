import type { AuditReport, AuditRun } from '../audit-report.ts';
import type { CheckInfo, Severity, Status } from '../finding.ts';
import type { AuditResult, Waived } from '../result.ts';
import { oneLine, shortResource } from './plain-text.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** A level is only a failure's own: anything else has `none`. */
const kinds: Record<Status, string> = {
  FAIL: 'fail',
  WARN: 'review',
  UNKNOWN: 'open',
  PASS: 'pass',
  NOT_APPLICABLE: 'notApplicable',
};
const levels: Record<Severity, string> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};
/** As code scanning of GitHub takes them apart: over 9.0 is critical, 7.0 to 8.9 high, 4.0 to 6.9 medium. */
const scores: Record<Severity, string> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0', info: '0.0' };

/**
 * The report in SARIF 2.1.0. Resources are no files, and viewers want files: each has the made-up one `aws/<account>/<cluster>/<resource>`.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif({ run, checks, results, denied }: AuditReport): string {
  const { audit, account, region } = run;
  const indices = new Map(checks.map(({ id }, i) => [id, i]));
  const sarif = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'eks-node-lifecycle', rules: checks.map(ruleOf) } },
        automationDetails: { id: `${audit}/${account}/${region}/` },
        invocations: [
          {
            executionSuccessful: true,
            startTimeUtc: run.startedAt,
            toolExecutionNotifications: denied.map(({ action, about, message }) => ({
              level: 'error',
              message: { text: oneLine(`not allowed or not read: ${action} (${about}): ${message}`) },
            })),
          },
        ],
        results: results.map((result) => resultIn(result, run, indices.get(result.id))),
      },
    ],
  };
  return `${JSON.stringify(sarif, null, 2)}\n`;
}

function ruleOf({ id, title, severity, docs }: CheckInfo) {
  return {
    id,
    shortDescription: { text: title },
    ...(URL.canParse(docs) && { helpUri: docs }),
    help: { text: `${title}. ${docs}` },
    defaultConfiguration: { level: levels[severity] },
    properties: { 'security-severity': scores[severity], tags: ['security', 'eks'] },
  };
}

function resultIn(result: AuditResult, run: AuditRun, ruleIndex: number | undefined) {
  const { id, status, severity, cluster, resource, matter, reason, evidence, remediation, fingerprint, waived } =
    result;
  return {
    ruleId: id,
    ...(ruleIndex !== undefined && { ruleIndex }),
    kind: kinds[status],
    level: status === 'FAIL' ? levels[severity] : 'none',
    message: { text: oneLine(reason) || '-' },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(result, run) }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: resource, kind: 'resource' }],
      },
    ],
    partialFingerprints: { 'eksNodeLifecycle/v1': fingerprint, primaryLocationLineHash: fingerprint },
    ...(waived && { suppressions: [suppressionOf(waived)] }),
    properties: {
      ...{ status, severity, cluster, resource, evidence },
      ...(matter !== undefined && { matter }),
      ...(remediation && { remediation }),
    },
  };
}

function suppressionOf({ by, reason, expires }: Waived) {
  return { kind: 'external', status: 'accepted', justification: `${reason} (${by}, until ${expires})` };
}

/** Each part encoded by itself, so that no name adds a folder or leaves one. */
function uriOf({ cluster, resource }: AuditResult, { account }: AuditRun): string {
  const parts = ['aws', account, cluster, ...shortResource(resource).split('/')];
  return parts.map((part) => (/^\.*$/.test(part) ? '-' : encodeURIComponent(part.toWellFormed()))).join('/');
}
