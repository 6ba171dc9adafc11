import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  Choice,
  Condition,
  Fail,
  type IChainable,
  JsonPath,
  Map as MapState,
  Pass,
  Succeed,
  TaskInput,
  Timeout,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { stepTaskSeconds } from '../function-limits.ts';
import { drainAndWait } from './request-tasks.ts';
import { serviceCallRetry, throttledRetry } from './retries.ts';

/** What the machine calls between nodes, and what drains one of them. */
export interface RequestWork {
  steps: IFunction;
  drainMachineArn: string;
}

/**
 * Zone after zone, and in a zone so many nodes at once: begin, drain, judge. Input: `{ request, waves, atOnce, results: [] }`. No iteration ever
 * fails, since its siblings would be called off with it: the first node that is not drained takes from the others of the request what lets them
 * begin. At the end what is left is taken back and summed up, and the execution fails if a node was not drained.
 */
export function defineRequest(scope: Construct, { steps, drainMachineArn }: RequestWork): IChainable {
  const step = (id: string, payload: Record<string, unknown>, resultPath?: string) => {
    const task = new LambdaInvoke(scope, id, {
      lambdaFunction: steps,
      payloadResponseOnly: true,
      retryOnServiceExceptions: false,
      taskTimeout: Timeout.duration(Duration.seconds(stepTaskSeconds)),
      payload: TaskInput.fromObject(payload),
      ...(resultPath === undefined ? {} : { resultPath }),
    });
    return task.addRetry(throttledRetry).addRetry(serviceCallRetry);
  };
  const given = (...names: string[]) => Object.fromEntries(names.map((name) => [name, JsonPath.objectAt(`$.${name}`)]));

  const nodes = new MapState(scope, 'Nodes', {
    itemsPath: '$.nodes',
    maxConcurrencyPath: '$.atOnce',
    itemSelector: {
      ...given('request'),
      node: JsonPath.objectAt('$$.Map.Item.Value'),
      // Until the drain has answered.
      drained: { output: {} },
      judged: { tries: 0 },
    },
  });
  nodes.itemProcessor(oneNode());

  const zones = new MapState(scope, 'Zones', {
    itemsPath: '$.waves',
    maxConcurrency: 1,
    itemSelector: { ...given('request', 'atOnce'), nodes: JsonPath.objectAt('$$.Map.Item.Value') },
    resultPath: '$.results',
  });
  zones.itemProcessor(nodes);

  const finish = step('Finish', { step: 'finish', ...given('request', 'waves', 'results') });
  finish.addCatch(new Fail(scope, 'CordonsLeft', { error: 'cordons-left', causePath: '$.failure.Cause' }), {
    resultPath: '$.failure',
  });
  const end = new Choice(scope, 'HasFailed')
    .when(
      Condition.stringEquals('$.status', 'failed'),
      new Fail(scope, 'NotDrained', { error: 'not-drained', causePath: '$.text' }),
    )
    .otherwise(new Succeed(scope, 'DrainedOrStopped'));
  finish.next(end);
  zones.addCatch(finish, { resultPath: '$.failure' });
  return zones.next(finish);

  function oneNode(): IChainable {
    const begin = step('Begin', { step: 'begin', ...given('request', 'node') }, '$.begun');
    begin.addCatch(
      resultOf('NotBegun', 'failed: whether it may begin could not be told; it stays cordoned until the end'),
      {
        resultPath: '$.failure',
      },
    );
    const judge = step(
      'Judge',
      { step: 'judge', ...given('request', 'node', 'judged'), drained: JsonPath.objectAt('$.drained.output') },
      '$.judged',
    );
    judge.addCatch(resultOf('NotJudged', 'failed: what became of its drain could not be told'), {
      resultPath: '$.failure',
    });
    const wait = new Wait(scope, 'WaitForIt', { time: WaitTime.secondsPath('$.judged.waitSeconds') });
    wait.next(judge);
    judge.next(
      new Choice(scope, 'IsOver')
        .when(
          Condition.stringEquals('$.judged.status', 'done'),
          new Pass(scope, 'Result', { inputPath: '$.judged.outcome' }),
        )
        .otherwise(wait),
    );
    const drain = drainAndWait(scope, { drainMachineArn, judge });
    return begin.next(
      new Choice(scope, 'MayBegin')
        .when(Condition.stringEquals('$.begun.status', 'go'), drain)
        .otherwise(new Pass(scope, 'NotDrainedByUs', { inputPath: '$.begun.outcome' })),
    );
  }

  function resultOf(id: string, text: string): Pass {
    return new Pass(scope, id, { parameters: { node: JsonPath.stringAt('$.node.name'), outcome: 'failed', text } });
  }
}
