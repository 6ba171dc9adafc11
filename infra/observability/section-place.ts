import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Place } from '../constructs/node-lifecycle.ts';
import { functionLimits } from '../function-limits.ts';
import { period } from './own-metrics.ts';
import { graph, red, type Section } from './section.ts';

/** The machines and ticks of one place. */
export function placeSection({ suffix, clusters, drain, launch, manual }: Place): Section {
  const these = clusters.length > 0 ? clusters.join(', ') : 'every cluster that the settings do not name';
  return {
    title: suffix === '' ? 'Machines' : `Machines in the network ${suffix}`,
    says: `For ${suffix === '' && clusters.length > 0 ? `${these}, and those that the settings do not name` : these}.`,
    rows: [
      machineRow('Drains', drain),
      machineRow('Launches', launch),
      machineRow('Requests', { stateMachine: manual.stateMachine, tick: manual.function }),
    ],
  };
}

export interface Machine {
  stateMachine: StateMachine;
  tick: IFunction;
  /** Of a tick. */
  timeoutSeconds?: number;
}

/** How executions of a machine end, and how its ticks fare. */
export function machineRow(title: string, machine: Machine): IWidget[] {
  const { stateMachine, tick, timeoutSeconds = functionLimits.terminate.timeoutSeconds } = machine;
  return [
    executions(title, stateMachine),
    ticks(title, tick),
    duration(title, tick, timeoutSeconds),
    concurrency(title, tick, stateMachine),
  ];
}

function executions(title: string, machine: StateMachine) {
  const sum = { period, statistic: 'Sum' };
  return graph(
    `${title}: executions`,
    [
      machine.metricStarted({ ...sum, label: 'started' }),
      machine.metricSucceeded({ ...sum, label: 'succeeded', color: '#2ca02c' }),
      machine.metricFailed({ ...sum, label: 'failed', color: red }),
      machine.metricTimedOut({ ...sum, label: 'timed out' }),
      machine.metricAborted({ ...sum, label: 'aborted' }),
    ],
    { of: 4 },
  );
}

function ticks(title: string, tick: IFunction) {
  return graph(
    `${title}: ticks`,
    [
      tick.metricInvocations({ period, label: 'invocations' }),
      tick.metricErrors({ period, label: 'errors', color: red }),
    ],
    { of: 4 },
  );
}

function duration(title: string, tick: IFunction, timeoutSeconds: number) {
  return graph(
    `${title}: milliseconds of a tick`,
    ['p50', 'Maximum'].map((statistic) => tick.metricDuration({ period, statistic, label: statistic })),
    { of: 4, leftAnnotations: [{ value: timeoutSeconds * 1000, label: 'limit' }] },
  );
}

function concurrency(title: string, tick: IFunction, machine: StateMachine) {
  return graph(
    `${title}: at once, throttled (right)`,
    [tick.metric('ConcurrentExecutions', { period, statistic: 'Maximum', label: 'at once' })],
    {
      of: 4,
      right: [
        tick.metricThrottles({ period, label: 'ticks throttled', color: red }),
        machine.metricThrottled({ period, statistic: 'Sum', label: 'state transitions throttled' }),
      ],
    },
  );
}
