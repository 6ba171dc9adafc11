import { Choice, Condition, CustomState, type IChainable, Pass, Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import { Aws } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { serviceCallRetry } from './retries.ts';

/**
 * Goes on in the oldest execution that runs, and ends any other at once, as a success: the scheduler may start one twice, and one may run for
 * longer than the schedule waits. An execution's name cannot keep them apart: the scheduler's only word that is the same for both starts is
 * an instant, whose colons no name may hold. The list is a moment behind, so that two which start in the same moment both go on.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html
 */
export function ifFirst(scope: Construct, { begin, failed }: { begin: IChainable; failed: IChainable }): IChainable {
  const running = new CustomState(scope, 'WhatRuns', {
    stateJson: {
      Type: 'Task',
      Resource: `arn:${Aws.PARTITION}:states:::aws-sdk:sfn:listExecutions`,
      TimeoutSeconds: 60,
      Parameters: { 'StateMachineArn.$': '$$.StateMachine.Id', StatusFilter: 'RUNNING' },
      // The youngest comes first.
      ResultSelector: { 'names.$': '$.Executions[*].Name' },
    },
  });
  running.addRetry(serviceCallRetry).addCatch(failed, { resultPath: '$.failure' });
  const oldest = new Pass(scope, 'Oldest', {
    parameters: { 'name.$': 'States.ArrayGetItem($.names, States.MathAdd(States.ArrayLength($.names), -1))' },
  });
  const isFirst = new Choice(scope, 'IsFirst')
    .when(Condition.stringEqualsJsonPath('$.name', '$$.Execution.Name'), begin)
    .otherwise(new Succeed(scope, 'AnotherRuns'));
  return running.next(
    new Choice(scope, 'IsListed').when(Condition.isPresent('$.names[0]'), oldest.next(isFirst)).otherwise(begin),
  );
}
