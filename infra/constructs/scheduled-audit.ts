import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { AuditSchedule } from '../settings/audits.ts';
import { scheduleAudit, untilTaken } from './audit-schedule.ts';
import { LifecycleFunction, type LifecycleFunctionProps } from './lifecycle-function.ts';

export interface ScheduledAuditProps
  extends Pick<LifecycleFunctionProps, 'folder' | 'description' | 'environment' | 'code'> {
  schedule: AuditSchedule;
  rights: readonly PolicyStatement[];
  /** Takes what could not even be started, and runs that failed past every retry. */
  failures: IQueue;
}

/** One audit, again and again. */
export class ScheduledAudit extends Construct {
  readonly function: LifecycleFunction;

  constructor(scope: Construct, id: string, { schedule, rights, failures, ...props }: ScheduledAuditProps) {
    super(scope, id);
    this.function = new LifecycleFunction(this, 'Function', { ...props, onFailure: new SqsDestination(failures) });
    for (const statement of rights) this.function.addToRolePolicy(statement);
    // Lambda takes an event and repeats by itself what fails; the scheduler repeats what Lambda does not take.
    const target = new LambdaInvoke(this.function, untilTaken(failures));
    scheduleAudit(this, schedule, { description: props.description, target });
  }
}
