import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { LogLevel, QueryLanguage, type StateMachineProps, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Aws, Fn, Names, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** What every state machine of ours has: traces, and a log of its own for errors, in the scope that stands for it. */
export function machineDefaults(
  scope: Construct,
): Pick<StateMachineProps, 'stateMachineType' | 'queryLanguage' | 'tracingEnabled' | 'logs'> {
  return {
    stateMachineType: StateMachineType.STANDARD,
    queryLanguage: QueryLanguage.JSON_PATH,
    tracingEnabled: true,
    logs: {
      level: LogLevel.ERROR,
      destination: new LogGroup(scope, 'Log', {
        logGroupName: vendedLogName(scope),
        retention: RetentionDays.THREE_MONTHS,
        removalPolicy: RemovalPolicy.RETAIN,
      }),
    },
  };
}

/**
 * Under a prefix that spares the account's resource policy for logs, which is small. The log outlives its stack: a part of the stack's
 * id keeps the name free for the next stack. https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
 */
function vendedLogName(machine: Construct): string {
  const stackId = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  return `/aws/vendedlogs/states/${Names.uniqueResourceName(machine, { maxLength: 100, separator: '-' })}-${stackId}`;
}
