import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { Audit, Audits } from '../constructs/audits.ts';
import { ownMetric, period, sumOf } from './own-metrics.ts';
import type { Watches } from './watch.ts';
import { watchesOfAuditLog } from './watches-of-audit-log.ts';

/** What audits find, and whether they look at all. */
export function watchesOfAudits({ failures, all }: Audits): Watches {
  return Object.assign(
    {
      AuditFailures: {
        metric: failures.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
        says:
          'An audit could not be started or failed past every retry: nobody has looked. Find "audit failed" in its log: it has the ' +
          'error; then invoke its function again, and delete the message.',
      },
    } satisfies Watches,
    ...all.map(watchesOf),
  );
}

function watchesOf(audit: Audit): Watches {
  const { service, name, stateMachine, overdueAfterHours } = audit;
  return {
    ...ownWatches(audit),
    [`${name}Overdue`]: {
      metric: ownMetric(service, 'AuditsSucceeded', {}, { period: Duration.hours(1) }),
      // None in any of these hours.
      below: 1,
      periods: overdueAfterHours,
      missing: TreatMissingData.BREACHING,
      runbook: 'AuditOverdue',
      says:
        'An audit has not succeeded for longer than its schedule allows: what is wrong goes unnoticed. See whether its schedule is ' +
        `enabled and its ${stateMachine ? 'machine was started, then start' : 'function was invoked, then invoke'} it by hand.`,
    },
  };
}

function ownWatches({ service, name, stateMachine }: Audit): Watches {
  if (stateMachine) return watchesOfAuditLog(name, stateMachine);
  return service === 'subnet-audit' ? watchesOfSubnets(name) : watchesOfClusters(name);
}

function watchesOfClusters(name: string): Watches {
  const found = (Severity: 'critical' | 'high') =>
    ownMetric('cluster-audit', 'AuditFindings', { Severity }, { statistic: 'Maximum' });
  return {
    [`${name}Findings`]: {
      metric: sumOf({ critical: found('critical'), high: found('high') }),
      // Until the next audit says otherwise.
      missing: TreatMissingData.IGNORE,
      runbook: 'AuditFindings',
      says:
        'Something is wrong that costs a drain: mostly a group whose nodes go undrained, since it has no lifecycle hook. Find "audit ' +
        'finding" in the log of the audit: it has the resource, and the command that puts it right.',
    },
    [`${name}Incomplete`]: {
      metric: ownMetric('cluster-audit', 'AuditUnknowns', {}, { statistic: 'Maximum' }),
      missing: TreatMissingData.IGNORE,
      runbook: 'AuditIncomplete',
      says:
        'An audit could not look at everything, so that what it does not find may be wrong all the same. Find "audit finding" with ' +
        'status UNKNOWN in its log: it says why, mostly a right that somebody took away.',
    },
  };
}

/** A network has findings for years: an alarm is about new ones. What is unknown is on the dashboard, since clusters need not let us in. */
function watchesOfSubnets(name: string): Watches {
  const found = (Severity: 'critical' | 'high') =>
    ownMetric('subnet-audit', 'AuditFindingsNew', { Severity }, { statistic: 'Maximum' });
  return {
    [`${name}NewFindings`]: {
      // Off between runs, or what the next one finds would tell nobody: an alarm that is on is not told again.
      metric: sumOf({ critical: found('critical'), high: found('high') }),
      runbook: 'SubnetAuditNewFindings',
      says:
        'The network of a cluster has something wrong of severity critical or high that was not there in the run before. Find "audit ' +
        'finding" with new true in the log of the audit: it has the resource, and the command that puts it right.',
    },
    [`${name}NotTold`]: {
      metric: ownMetric('subnet-audit', 'AuditTellingsFailed', {}, { statistic: 'Maximum' }),
      missing: TreatMissingData.IGNORE,
      runbook: 'SubnetAuditNotTold',
      says:
        'Findings that are new or resolved could not be told to SNS, EventBridge or Security Hub, so that nobody there knows of them. ' +
        'Find "audit not told" in the log of the audit: it says to whom, and why.',
    },
  };
}
