import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  Choice,
  Condition,
  CustomState,
  Fail,
  type IChainable,
  JsonPath,
  Pass,
  Succeed,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { auditLogTaskSeconds } from '../function-limits.ts';
import { ifFirst } from './only-one.ts';
import { tickTask } from './tick-task.ts';

/**
 * Tick → done, or wait and tick again, while no older execution runs. A tick is given what the one before has answered as its state. One that
 * fails past its retries, or answers what nobody understands, ends the run as failed: the next one looks at the same time again.
 */
export function defineAuditLog(scope: Construct, tickFunction: IFunction): IChainable {
  const tick = tickTask(scope, tickFunction, {
    seconds: auditLogTaskSeconds,
    payload: {
      execution: JsonPath.stringAt('$$.Execution.Name'),
      startedAt: JsonPath.stringAt('$$.Execution.StartTime'),
      state: JsonPath.objectAt('$.state'),
    },
  });
  const failed = new Fail(scope, 'Failed', { error: 'failed', causePath: '$.failure.Cause' });
  tick.addCatch(failed, { resultPath: '$.failure' });
  // States.ALL does not match it. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
  tick.addCatch(failed, { errors: ['States.DataLimitExceeded'], resultPath: '$.failure' });

  const unexplained = new Pass(scope, 'UnexplainedAnswer', {
    parameters: {
      failure: { Error: 'UnexplainedAnswer', Cause: 'A tick answered neither done nor how long to wait.' },
    },
  });
  unexplained.next(failed);
  const wait = new Wait(scope, 'Wait', { time: WaitTime.secondsPath('$.waitSeconds') });
  wait.next(tick);
  const next = new Choice(scope, 'DoneOrAgain')
    .when(isBoolean('$.done', true), new Succeed(scope, 'Done'))
    .when(
      Condition.and(
        isBoolean('$.done', false),
        Condition.isPresent('$.state'),
        Condition.isPresent('$.waitSeconds'),
        Condition.isNumeric('$.waitSeconds'),
        // A Wait of less fails the execution past every catcher.
        Condition.numberGreaterThanEquals('$.waitSeconds', 0),
      ),
      wait,
    )
    .otherwise(unexplained);

  // CDK's own Pass leaves a null out.
  const begin = new CustomState(scope, 'Begin', { stateJson: { Type: 'Pass', Result: { state: null } } });
  return ifFirst(scope, { begin: begin.next(tick.next(next)), failed });
}

function isBoolean(path: string, value: boolean): Condition {
  return Condition.and(Condition.isPresent(path), Condition.isBoolean(path), Condition.booleanEquals(path, value));
}
