import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { allowStartingItself } from './about-itself.ts';
import { defineLifecycle } from './lifecycle-definition.ts';
import { machineDefaults } from './machine-defaults.ts';

export interface LifecycleMachineProps {
  /** Answers `again in N seconds` or `done`. */
  tick: IFunction;
}

/** The state machine of one hook's action: ticks until the work is done, and completes the action by itself if the ticks cannot. */
export class LifecycleMachine extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: LifecycleMachineProps) {
    super(scope, id);
    this.stateMachine = new StateMachine(this, 'Machine', {
      ...machineDefaults(this),
      definitionBody: DefinitionBody.fromChainable(defineLifecycle(this, props.tick)),
      // A hook ends after 48 hours at the latest; the hour more is for a last tick and its retries.
      // https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks-overview.html
      timeout: Duration.hours(49),
    });
    allowStartingItself(this.stateMachine);
  }
}
