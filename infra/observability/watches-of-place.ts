import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Place } from '../constructs/node-lifecycle.ts';
import { period, sumOf } from './own-metrics.ts';
import { lasting, type Watch, type Watches } from './watch.ts';

const sum = { period, statistic: 'Sum' };

/** How the executions of one place end, and whether they can go on at all. */
export function watchesOfPlace({ suffix, drain, launch, manual }: Place): Watches {
  const watches: Watches = {
    ExecutionsFailed: {
      metric: drain.stateMachine.metricFailed(sum),
      says:
        'Ticks of a drain failed for good: its node was let go undrained (error "failed"), or waits for the timeout of its hook ' +
        '("not-completed"). Open the failed execution: its cause is the last error.',
    },
    ExecutionsTimedOut: {
      metric: drain.stateMachine.metricTimedOut(sum),
      says:
        'A drain went on past the 48 hours of any hook; its node is gone, drained or not. Open the execution that timed out: its last ' +
        'tick says what it waited for.',
    },
    ExecutionsAborted: {
      metric: drain.stateMachine.metricAborted(sum),
      says:
        'Somebody stopped a drain: its instance waits for the timeout of its hook. Complete the lifecycle action in the input of the ' +
        'execution by hand, then look in CloudTrail for who called StopExecution.',
    },
    LaunchExecutionsFailed: {
      metric: launch.stateMachine.metricFailed(sum),
      says:
        'Ticks of a launch failed for good: its instance went into service unlooked at (error "failed"), or waits for the timeout of its ' +
        'hook ("not-completed"). Open the failed execution: its cause is the last error.',
    },
    LaunchExecutionsTimedOut: {
      metric: launch.stateMachine.metricTimedOut(sum),
      says:
        'A launch went on past the 48 hours of any hook; its instance was put into service or replaced by that hook long ago. Open the ' +
        'execution that timed out: its last tick says what it waited for.',
    },
    LaunchExecutionsAborted: {
      metric: launch.stateMachine.metricAborted(sum),
      says:
        'Somebody stopped a launch: its instance waits for the timeout of its hook, and its node may keep the start-up taint. Complete the ' +
        'lifecycle action in the input of the execution by hand, then look in CloudTrail for who called StopExecution.',
    },
    RequestsFailed: {
      metric: manual.stateMachine.metricFailed(sum),
      says:
        'A drain that somebody asked for ended with a node that is not drained (error "not-drained"; those not begun are as before), or ' +
        'with cordons that are left ("cordons-left"). Open the failed execution: its cause names the node and why.',
    },
    RequestsAborted: {
      metric: manual.stateMachine.metricAborted(sum),
      says:
        'Somebody stopped the execution of a drain that was asked for, instead of the request: nodes stay cordoned, and what is under way ' +
        'goes on. Invoke the function with "action": "stop" and the name of the execution as requestId.',
    },
    TicksFailing: {
      ...mostFail(drain.tick),
      says:
        'More ticks of drains fail than succeed: after some 20 minutes of that, nodes are let go undrained. Find "tick failed" in the ' +
        'log of the tick, and roll back if a new version was deployed: drains in flight go on with the old one.',
    },
    LaunchTicksFailing: {
      ...mostFail(launch.tick),
      says:
        'More ticks of launches fail than succeed: after some 20 minutes of that, instances go into service unlooked at. Find "tick ' +
        'failed" in the log of the launch tick, and roll back if a new version was deployed.',
    },
    Throttled: {
      metric: sumOf({
        drainTicks: drain.tick.metricThrottles({ period }),
        launchTicks: launch.tick.metricThrottles({ period }),
        drains: drain.stateMachine.metricThrottled(sum),
        launches: launch.stateMachine.metricThrottled(sum),
        steps: manual.function.metricThrottles({ period }),
        requests: manual.stateMachine.metricThrottled(sum),
      }),
      ...lasting,
      says:
        'Ticks wait for concurrency of Lambda, or executions for state transitions of Step Functions, and drains stand still meanwhile. Find ' +
        'on the dashboard which of them it is, then raise the reserved concurrency or have the quota raised.',
    },
  };
  return Object.fromEntries(
    Object.entries(watches).map(([name, watch]) => [`${name}${suffix}`, { ...watch, runbook: name }]),
  );
}

/**
 * A ratio, since a tick that fails is only tried again, and twice in a row, since that takes longer than most mishaps: what is left of the 23
 * minutes of retries is for whoever is called.
 */
function mostFail(tick: IFunction): Pick<Watch, 'metric' | 'above' | 'periods'> {
  const metric = new MathExpression({
    expression: '100 * failed / invoked',
    usingMetrics: { failed: tick.metricErrors({ period }), invoked: tick.metricInvocations({ period }) },
    label: '% of ticks that fail',
    period,
  });
  return { metric, above: 50, periods: 2 };
}
