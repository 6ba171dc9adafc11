import type { BudgetSpec, WorkloadSpec } from './scenario.ts';

export const callClasses = [
  'anything',
  'reading a Node',
  'patching a Node',
  'listing pods',
  'reading a pod',
  'evicting a pod',
  'deleting a pod',
  'listing budgets',
  'a Lease',
  'writing an Event',
  'a watch',
  'a lookup',
] as const;
export type CallClass = (typeof callClasses)[number];

export const scalingCalls = [
  'describeInstance',
  'describeGroup',
  'describeHook',
  'completeAction',
  'recordHeartbeat',
] as const;
export type ScalingCall = (typeof scalingCalls)[number] | 'anything';

export type CallEffect =
  | { do: 'latency'; seconds: number }
  | { do: 'reset'; effect: 'before' | 'after' }
  | { do: 'answer'; status: number; retryAfter?: number; effect: 'before' | 'after' }
  /** The tick that made the call vanishes. */
  | { do: 'kill'; effect: 'before' | 'after' }
  /** The process of the tick stands still for so long, once it has its answer. */
  | { do: 'freeze'; seconds: number };

export type WorldEvent = { at: number } & (
  | { is: 'fault'; on: CallClass; effect: CallEffect; skip: number; times: number; forSeconds: number }
  | { is: 'scaling-fault'; on: ScalingCall; effect: CallEffect; skip: number; times: number; forSeconds: number }
  | { is: 'watches-dropped' }
  | { is: 'watches-silent'; forSeconds: number }
  | { is: 'history-compacted' }
  /** Of the whole world, forward. */
  | { is: 'clock-jump'; seconds: number }
  | { is: 'budget-edited'; budget: number; spec: BudgetSpec['spec'] }
  | { is: 'budget-removed'; budget: number }
  | { is: 'budget-added'; budget: BudgetSpec }
  | { is: 'pod-arrives'; node: number; spec: WorkloadSpec }
  | { is: 'pods-elsewhere' }
  | { is: 'webhook'; denies: number | 'down'; forSeconds: number }
  | { is: 'reports-fail'; forSeconds: number }
  | { is: 'reports-lost' }
);

/** About one drain, by the index of its node. */
export type DrainEvent = { at: number; node: number } & (
  | { is: 'tick-killed'; noticedAfter: number }
  | { is: 'tick-frozen'; seconds: number }
  /** A second tick from the same state; nobody hears its answer. */
  | { is: 'tick-doubled' }
  /** The state machine takes a living tick for dead and starts the next. */
  | { is: 'tick-given-up' }
  /** The state machine's next wait takes longer. */
  | { is: 'wait-overslept'; seconds: number }
  | { is: 'node-deleted' }
  | { is: 'node-uncordoned' }
  | { is: 'node-annotated' }
  | { is: 'node-silent'; forSeconds: number }
  | { is: 'hook-resolved' }
  | { is: 'instance-returns'; to: 'InService' | 'Standby' | 'Warmed:Stopped' }
  | { is: 'stop-asked'; choice: 'complete' | 'wait' }
  | { is: 'sooner-deadline'; inSeconds: number }
  | { is: 'foreign-claim'; ageSeconds: number; renewsFor: number }
);

export type TimedEvent = WorldEvent | DrainEvent;
export type EventOf<Name extends TimedEvent['is']> = Extract<TimedEvent, { is: Name }>;

/** For how many seconds it goes on once it has begun. */
export function lastingOf(event: TimedEvent): number {
  switch (event.is) {
    case 'foreign-claim':
      return event.renewsFor;
    case 'tick-killed':
      return event.noticedAfter;
    case 'tick-frozen':
    case 'wait-overslept':
      return event.seconds;
    default:
      return 'forSeconds' in event ? event.forSeconds : 0;
  }
}
