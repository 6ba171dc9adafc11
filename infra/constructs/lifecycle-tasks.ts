import { CustomState, type IChainable, JsonPath, type TaskStateBase, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService, type CallAwsServiceProps } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Aws, Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { groupArns, notManaged } from '../policies/group-rights.ts';
import { serviceCallRetry } from './retries.ts';

/**
 * Completes the action with CONTINUE, straight from the machine. It takes the action from the execution's own input, which
 * no tick can have spoilt. That the action is already resolved is a ValidationError, which Step Functions cannot tell from
 * throttling: it is retried like everything else, for nothing but minutes.
 */
export function completeWithoutDrain(scope: Construct): TaskStateBase {
  const task = new CallAboutOurGroups(scope, 'CompleteWithoutDrain', {
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

/** CallAwsService takes no conditions of its own. */
class CallAboutOurGroups extends CallAwsService {
  constructor(scope: Construct, id: string, props: CallAwsServiceProps) {
    super(scope, id, props);
    for (const statement of this.taskPolicies ?? []) statement.addConditions(notManaged);
  }
}
