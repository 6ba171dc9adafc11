import { CustomState, type IChainable, JsonPath, type TaskStateBase, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { ArnFormat, Aws, Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { serviceCallRetry } from './retries.ts';

/**
 * Completes the action with CONTINUE, straight from the machine. It takes the action from the execution's own input, which
 * no tick can have spoilt. That the action is already resolved is a ValidationError, which Step Functions cannot tell from
 * throttling: it is retried like everything else, for nothing but a few minutes.
 */
export function completeWithoutDrain(scope: Construct): TaskStateBase {
  const task = new CallAwsService(scope, 'CompleteWithoutDrain', {
    service: 'autoscaling',
    action: 'completeLifecycleAction',
    iamAction: 'autoscaling:CompleteLifecycleAction',
    iamResources: [groupArns(scope)],
    taskTimeout: Timeout.duration(Duration.minutes(1)),
    parameters: {
      AutoScalingGroupName: JsonPath.stringAt('$$.Execution.Input.action.groupName'),
      LifecycleHookName: JsonPath.stringAt('$$.Execution.Input.action.hookName'),
      LifecycleActionToken: JsonPath.stringAt('$$.Execution.Input.action.token'),
      InstanceId: JsonPath.stringAt('$$.Execution.Input.action.instanceId'),
      LifecycleActionResult: 'CONTINUE',
    },
    resultPath: JsonPath.DISCARD,
  });
  task.addRetry(serviceCallRetry);
  return task;
}

/**
 * Starts the next execution of the chain under the name that the tick chose. A repeated start of the same name is the same
 * execution, or has run already: both mean that the work goes on elsewhere.
 */
export function continueAsNew(scope: Construct, go: { continued: IChainable; failed: IChainable }): IChainable {
  const task = new CustomState(scope, 'ContinueAsNew', {
    stateJson: {
      Type: 'Task',
      Resource: `arn:${Aws.PARTITION}:states:::states:startExecution`,
      TimeoutSeconds: 60,
      Parameters: {
        'StateMachineArn.$': '$$.StateMachine.Id',
        'Name.$': '$.continueAs',
        Input: { 'action.$': '$.action', 'state.$': '$.state' },
      },
      ResultPath: null,
    },
  });
  const exists = ['StepFunctions.ExecutionAlreadyExistsException'];
  task.addRetry({ errors: exists, maxAttempts: 0 }).addRetry(serviceCallRetry);
  task.addCatch(go.continued, { errors: exists, resultPath: '$.failure' });
  task.addCatch(go.failed, { resultPath: '$.failure' });
  return task.next(go.continued);
}

/** Every Auto Scaling group of the account and region. */
export function groupArns(scope: Construct): string {
  return Stack.of(scope).formatArn({
    service: 'autoscaling',
    resource: 'autoScalingGroup',
    resourceName: '*:autoScalingGroupName/*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
