import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  Choice,
  Condition,
  Fail,
  type IChainable,
  JsonPath,
  Pass,
  Succeed,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { tickTaskSeconds } from '../function-limits.ts';
import { completeWithoutDrain, continueAsNew } from './lifecycle-tasks.ts';
import { tickTask } from './tick-task.ts';

/**
 * Tick → done, or wait and tick again. Input: `{ action, state: null }`; what a tick answers takes its place.
 * A tick that fails past its retries, or answers what nobody understands, must not keep the instance waiting for the
 * hook's timeout: the machine completes the action itself and ends as failed. A notice, which no hook holds, it only fails.
 */
export function defineLifecycle(scope: Construct, tickFunction: IFunction): IChainable {
  const tick = tickTask(scope, tickFunction, {
    seconds: tickTaskSeconds,
    payload: {
      action: JsonPath.objectAt('$.action'),
      state: JsonPath.objectAt('$.state'),
      execution: JsonPath.stringAt('$$.Execution.Name'),
    },
  });

  const failed = new Fail(scope, 'Failed', { error: 'failed', causePath: '$.failure.Cause' });
  const notCompleted = new Fail(scope, 'NotCompleted', { error: 'not-completed', causePath: '$.failure.Cause' });
  const complete = completeWithoutDrain(scope);
  complete.addCatch(notCompleted, { resultPath: '$.failure' }).next(failed);
  // Of the execution's own input, as what is completed: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
  const fallback = new Choice(scope, 'IsHeldByHook')
    .when(Condition.isPresent('$$.Execution.Input.action.token'), complete)
    .otherwise(failed);

  const unexplained = new Pass(scope, 'UnexplainedAnswer', {
    parameters: { failure: { Error: 'UnexplainedAnswer', Cause: 'A tick answered neither done nor again.' } },
  });
  unexplained.next(fallback);
  tick.addCatch(fallback, { resultPath: '$.failure' });
  // States.ALL does not match it. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
  tick.addCatch(fallback, { errors: ['States.DataLimitExceeded'], resultPath: '$.failure' });

  const continued = new Succeed(scope, 'Continued');
  const wait = new Wait(scope, 'Wait', { time: WaitTime.secondsPath('$.waitSeconds') });
  wait.next(tick);
  const next = new Choice(scope, 'DoneOrAgain')
    .when(isText('$.status', 'done'), new Succeed(scope, 'Done'))
    .when(
      Condition.and(
        isText('$.status', 'again'),
        Condition.isPresent('$.continueAs'),
        Condition.isString('$.continueAs'),
      ),
      continueAsNew(scope, { continued, failed: fallback }),
    )
    .when(
      Condition.and(
        isText('$.status', 'again'),
        Condition.isPresent('$.waitSeconds'),
        Condition.isNumeric('$.waitSeconds'),
        // A Wait of less fails the execution past every catcher.
        Condition.numberGreaterThanEquals('$.waitSeconds', 0),
      ),
      wait,
    )
    .otherwise(unexplained);
  return tick.next(next);
}

function isText(path: string, value: string): Condition {
  return Condition.and(Condition.isPresent(path), Condition.stringEquals(path, value));
}
