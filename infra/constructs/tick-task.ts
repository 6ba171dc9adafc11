import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { TaskInput, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Duration, type IResolvable } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { throttledRetry, tickRetry } from './retries.ts';

/** A tick of a function, repeated as ticks are: each can be called again with what it was called with. */
export function tickTask(
  scope: Construct,
  lambdaFunction: IFunction,
  { seconds, payload }: { seconds: number; payload: Record<string, string | IResolvable> },
): LambdaInvoke {
  const tick = new LambdaInvoke(scope, 'Tick', {
    lambdaFunction,
    payloadResponseOnly: true,
    retryOnServiceExceptions: false,
    taskTimeout: Timeout.duration(Duration.seconds(seconds)),
    payload: TaskInput.fromObject(payload),
  });
  tick.addRetry(throttledRetry).addRetry(tickRetry);
  return tick;
}
