import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, QueryLanguage, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Aws, Duration, Fn, Names, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { defineLifecycle } from './lifecycle-definition.ts';
import { allowStartingItself } from './start-itself.ts';

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
      stateMachineType: StateMachineType.STANDARD,
      queryLanguage: QueryLanguage.JSON_PATH,
      definitionBody: DefinitionBody.fromChainable(defineLifecycle(this, props.tick)),
      // A hook ends after 48 hours at the latest; the hour more is for a last tick and its retries.
      // https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks-overview.html
      timeout: Duration.hours(49),
      tracingEnabled: true,
      logs: {
        level: LogLevel.ERROR,
        destination: new LogGroup(this, 'Log', {
          logGroupName: vendedLogName(this),
          retention: RetentionDays.THREE_MONTHS,
          removalPolicy: RemovalPolicy.RETAIN,
        }),
      },
    });
    allowStartingItself(this.stateMachine);
  }
}

/**
 * Under a prefix that spares the account's resource policy for logs, which is small. The log outlives its stack: a part of the stack's
 * id keeps the name free for the next stack. https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
 */
export function vendedLogName(machine: Construct): string {
  const stackId = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  return `/aws/vendedlogs/states/${Names.uniqueResourceName(machine, { maxLength: 100, separator: '-' })}-${stackId}`;
}
