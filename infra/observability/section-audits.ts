import { type IWidget, LogQueryVisualizationType, LogQueryWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { severities } from '../../shared/audit/finding.ts';
import type { Audits } from '../constructs/audits.ts';
import { ownMetric, period } from './own-metrics.ts';
import { fullWidth, graph, red, type Section } from './section.ts';
import { rowsOfAuditLog } from './section-audit-log.ts';

const width = fullWidth / 4;

export function auditSection({ failures, all }: Audits): Section {
  return {
    title: 'Audits',
    says: 'Each point is a run. What was found, with the commands that put it right: the saved query "Audit findings", and the reports under audits/.',
    rows: [
      [
        graph(
          'Findings by severity',
          all.flatMap(({ service }) =>
            severities.map((Severity) =>
              ownMetric(
                service,
                'AuditFindings',
                { Severity },
                { statistic: 'Maximum', label: `${service} ${Severity}` },
              ),
            ),
          ),
          { of: 4 },
        ),
        graph(
          'Not looked at',
          all.map(({ service }) => ownMetric(service, 'AuditUnknowns', {}, { statistic: 'Maximum', label: service })),
          { of: 4 },
        ),
        new LogQueryWidget({
          title: 'Last success of each schedule',
          logGroupNames: all.map((audit) => audit.function.logGroup.logGroupName),
          view: LogQueryVisualizationType.TABLE,
          queryLines: [
            'filter message = "audit ended"',
            'stats latest(@timestamp) as lastSuccess, latest(complete) as complete by service',
          ],
          width,
          height: 6,
        }),
        graph(
          'Successes by hour, and failures',
          [
            ...all.flatMap(({ service }) => [
              ownMetric(service, 'AuditsSucceeded', {}, { period: Duration.hours(1), label: `${service}: succeeded` }),
              ownMetric(service, 'CallsRepeated', {}, { label: `${service}: repeated` }),
            ]),
            failures.metricApproximateNumberOfMessagesVisible({
              period,
              statistic: 'Maximum',
              label: 'failed for good',
              color: red,
            }),
          ],
          { of: 4 },
        ),
      ],
      ...(all.some(({ service }) => service === 'subnet-audit') ? [rowOfSubnets()] : []),
      ...all.flatMap(rowsOfAuditLog),
    ],
  };
}

function rowOfSubnets(): IWidget[] {
  const service = 'subnet-audit';
  return [
    graph(
      'New in the networks, by severity',
      severities.map((Severity) =>
        ownMetric(service, 'AuditFindingsNew', { Severity }, { statistic: 'Maximum', label: Severity }),
      ),
      { of: 2 },
    ),
    graph(
      'Could not be told',
      [ownMetric(service, 'AuditTellingsFailed', {}, { statistic: 'Maximum', label: 'not told', color: red })],
      {
        of: 2,
      },
    ),
  ];
}
