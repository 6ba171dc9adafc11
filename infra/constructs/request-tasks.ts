import { CustomState, type IChainable } from 'aws-cdk-lib/aws-stepfunctions';
import { Aws } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { serviceCallRetry } from './retries.ts';

/**
 * Starts the drain of a node as an execution of its own, and waits for its end, whatever that is: who judges it asks the node. A repeated start
 * of the same name is the same execution, or has run already.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 */
export function drainAndWait(
  scope: Construct,
  { drainMachineArn, judge }: { drainMachineArn: string; judge: IChainable },
): IChainable {
  const task = new CustomState(scope, 'Drain', {
    stateJson: {
      Type: 'Task',
      Resource: `arn:${Aws.PARTITION}:states:::states:startExecution.sync:2`,
      // Longer than the drain's own limit.
      TimeoutSeconds: 50 * 3600,
      Parameters: {
        StateMachineArn: drainMachineArn,
        'Name.$': '$.begun.execution',
        Input: { 'action.$': '$.begun.action', state: null },
      },
      ResultSelector: { 'output.$': '$.Output' },
      ResultPath: '$.drained',
    },
  });
  task.addRetry({ errors: ['StepFunctions.ExecutionAlreadyExistsException'], maxAttempts: 0 });
  // Of a drain that has failed a second start is refused; of a start that was throttled it is not.
  task.addRetry(serviceCallRetry);
  task.addCatch(judge, { resultPath: '$.failure' });
  return task.next(judge);
}
