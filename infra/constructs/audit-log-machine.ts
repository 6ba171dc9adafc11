import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { allowListingItself } from './about-itself.ts';
import { defineAuditLog } from './audit-log-definition.ts';
import { machineDefaults } from './machine-defaults.ts';

export interface AuditLogMachineProps {
  /** Answers `done`, or how long its queries are to be waited for. */
  tick: IFunction;
}

/** The state machine of one run over the logs: CloudWatch takes its time over a query, which no function is paid to wait for. */
export class AuditLogMachine extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { tick }: AuditLogMachineProps) {
    super(scope, id);
    this.stateMachine = new StateMachine(this, 'Machine', {
      ...machineDefaults(this),
      definitionBody: DefinitionBody.fromChainable(defineAuditLog(this, tick)),
      // A run asks for three hours at most; as much again is for a last tick with all its retries.
      timeout: Duration.hours(6),
    });
    allowListingItself(this.stateMachine);
  }
}
