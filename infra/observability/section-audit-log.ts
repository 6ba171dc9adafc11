import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { severities } from '../../shared/audit/finding.ts';
import type { Audit } from '../constructs/audits.ts';
import { functionLimits } from '../function-limits.ts';
import { ownMetric } from './own-metrics.ts';
import { graph, red } from './section.ts';
import { machineRow } from './section-place.ts';

const service = 'audit-log';

/** What the queries of logs found and what they cost; none of another audit. */
export function rowsOfAuditLog({ function: tick, stateMachine }: Audit): IWidget[][] {
  if (!stateMachine) return [];
  return [
    [
      graph(
        'New in the logs, by severity',
        severities.map((Severity) =>
          ownMetric(service, 'AuditFindingsNew', { Severity }, { statistic: 'Maximum', label: Severity }),
        ),
        { of: 3 },
      ),
      graph(
        'Bytes looked through in a run',
        [ownMetric(service, 'LogBytesScanned', {}, { statistic: 'Maximum', label: 'bytes' })],
        { of: 3 },
      ),
      graph(
        'Findings of logs that could not be told',
        [ownMetric(service, 'AuditTellingsFailed', {}, { statistic: 'Maximum', label: 'not told', color: red })],
        { of: 3 },
      ),
    ],
    machineRow('Log runs', {
      ...{ stateMachine, tick },
      timeoutSeconds: functionLimits['audit-log'].timeoutSeconds,
    }),
  ];
}
