import { type IScheduleTarget, Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { ScheduleTargetBaseProps } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration, TimeZone } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { AuditSchedule } from '../settings/audits.ts';

/** Starts an audit, again and again. */
export function scheduleAudit(
  scope: Construct,
  { schedule, timezone }: AuditSchedule,
  { description, target }: { description: string; target: IScheduleTarget },
): Schedule {
  const zone = timezone === undefined ? TimeZone.ETC_UTC : TimeZone.of(timezone);
  return new Schedule(scope, 'Schedule', {
    description,
    schedule: ScheduleExpression.expression(schedule, zone),
    target,
  });
}

/** What is not taken is handed over again for an hour, and then kept in the queue. */
export function untilTaken(failures: IQueue): ScheduleTargetBaseProps {
  return { deadLetterQueue: failures, retryAttempts: 10, maxEventAge: Duration.hours(1) };
}
