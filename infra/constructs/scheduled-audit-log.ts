import { ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { AuditLogMachine } from './audit-log-machine.ts';
import { scheduleAudit, untilTaken } from './audit-schedule.ts';
import { LifecycleFunction } from './lifecycle-function.ts';
import type { ScheduledAuditProps } from './scheduled-audit.ts';

/** The queries of logs, again and again: the schedule starts the machine, which calls the function until a run is done. */
export class ScheduledAuditLog extends Construct {
  readonly function: LifecycleFunction;
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { schedule, rights, failures, ...props }: ScheduledAuditProps) {
    super(scope, id);
    this.function = new LifecycleFunction(this, 'Function', props);
    for (const statement of rights) this.function.addToRolePolicy(statement);
    const machine = new AuditLogMachine(this, 'Machine', { tick: this.function });
    this.stateMachine = machine.stateMachine;
    const input = ScheduleTargetInput.fromObject({});
    const target = new StepFunctionsStartExecution(this.stateMachine, { ...untilTaken(failures), input });
    // A rate begins at once, and needs all of the machine's rights.
    scheduleAudit(this, schedule, { description: props.description, target }).node.addDependency(machine);
  }
}
