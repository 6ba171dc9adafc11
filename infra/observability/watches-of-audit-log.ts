import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ownMetric, period, sumOf } from './own-metrics.ts';
import type { Watches } from './watch.ts';

const service = 'audit-log';

/** What was done in clusters stays done: an alarm is about what is new. What could not be asked is no less: nobody else looks. */
export function watchesOfAuditLog(name: string, stateMachine: StateMachine): Watches {
  const found = (Severity: 'critical' | 'high') =>
    ownMetric(service, 'AuditFindingsNew', { Severity }, { statistic: 'Maximum' });
  const sum = { period, statistic: 'Sum' };
  return {
    [`${name}NewFindings`]: {
      // Off between runs, or what the next one finds would tell nobody: an alarm that is on is not told again.
      metric: sumOf({ critical: found('critical'), high: found('high') }),
      says:
        'The log of a control plane tells of something of severity critical or high that it did not tell in the run before: who got rights, ' +
        'came in without a name, or was refused for long. Find "audit finding" with new true in the log of the audit: it says what, and who.',
    },
    [`${name}Incomplete`]: {
      metric: ownMetric(service, 'AuditUnknowns', {}, { statistic: 'Maximum' }),
      missing: TreatMissingData.IGNORE,
      says:
        'A log could not be asked, or not all of it, so that what happened there is not known. Find "audit finding" with status UNKNOWN in ' +
        'the log of the audit: it says why, mostly that a cluster does not write its log, or that the limit of gigabytes was reached.',
    },
    [`${name}NotTold`]: {
      metric: ownMetric(service, 'AuditTellingsFailed', {}, { statistic: 'Maximum' }),
      missing: TreatMissingData.IGNORE,
      says:
        'Findings of the logs that are new or resolved could not be told to SNS, EventBridge or Security Hub, so that nobody there knows of ' +
        'them. Find "audit not told" in the log of the audit: it says to whom, and why.',
    },
    [`${name}Failed`]: {
      metric: sumOf({
        failed: stateMachine.metricFailed(sum),
        timedOut: stateMachine.metricTimedOut(sum),
        aborted: stateMachine.metricAborted(sum),
      }),
      says:
        'A run over the logs of control planes failed past every retry, took longer than six hours, or was stopped: its findings are told ' +
        'by no one. Open the execution: its cause is the last error; the next run looks at the same time again.',
    },
  };
}
