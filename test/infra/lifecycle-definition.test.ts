import { StateMachine } from 'aws-local-stepfunctions';
import { describe, expect, test } from 'vitest';
import { lifecycleDefinition } from '../../sandbox/lifecycle-definition.ts';
import { ticksPerExecution } from '../../shared/lifecycle/continuation.ts';

interface State {
  Type: string;
  Resource?: string;
  TimeoutSeconds?: number;
  Retry?: { IntervalSeconds: number; BackoffRate: number; MaxDelaySeconds: number; MaxAttempts: number }[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
}

const definition = JSON.parse(lifecycleDefinition('arn:aws:lambda:eu-west-1:123456789012:function:tick'));
const states: Record<string, State> = definition.States;
const state = (name: string): State => states[name] ?? expect.fail(`no state ${name}`);

/**
 * Events that one visit of a state leaves behind at most: entered and exited, and for a task also what it did.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
function eventsOf(name: string): number {
  const { Type, Resource = '' } = state(name);
  if (Type !== 'Task') return 2;
  return Resource.includes(':lambda:') ? 5 : 6;
}
/** Scheduled, started, failed. */
const EVENTS_OF_A_FAILED_ATTEMPT = 3;
const LIMIT = 25_000;

const ticking = ['Tick', 'DoneOrAgain', 'Wait'];
const fullChain = 1 + ticksPerExecution * ticking.map(eventsOf).reduce((sum, events) => sum + events);
const retriesOf = (name: string) => (state(name).Retry ?? []).reduce((sum, { MaxAttempts }) => sum + MaxAttempts, 0);

describe('the history of an execution', () => {
  test('takes nine events a tick', () => {
    expect(ticking.map(eventsOf)).toEqual([5, 2, 2]);
  });

  test('stays below the quota after the last tick, all its retries, the fallback and all of its', () => {
    const worstEnd =
      EVENTS_OF_A_FAILED_ATTEMPT *
        (retriesOf('Tick') + retriesOf('ContinueAsNew') + retriesOf('CompleteWithoutDrain')) +
      ['ContinueAsNew', 'CompleteWithoutDrain', 'Failed'].map(eventsOf).reduce((sum, events) => sum + events);
    expect(fullChain + worstEnd).toBeLessThan(LIMIT);
  });

  test('has room for one failed attempt a tick, all the way', () => {
    expect(fullChain + ticksPerExecution * EVENTS_OF_A_FAILED_ATTEMPT).toBeLessThan(LIMIT);
  });
});

describe('the definition', () => {
  test('is valid', () => {
    expect(() => new StateMachine(definition)).not.toThrow();
  });

  test('is written for JSONPath', () => {
    expect(definition.QueryLanguage).toBe('JSONPath');
  });

  test('lasts longer than the 48 hours of a hook', () => {
    expect(definition.TimeoutSeconds).toBe(49 * 3600);
  });

  test.each(['Tick', 'ContinueAsNew', 'CompleteWithoutDrain'])(
    '%s has a time limit and catches every error',
    (name) => {
      const task = state(name);
      expect(task.TimeoutSeconds).toBeGreaterThan(0);
      expect(task.Catch?.at(-1)?.ErrorEquals).toEqual(['States.ALL']);
    },
  );

  test('completes the action itself when a tick fails for good', () => {
    expect(state('Tick').Catch?.map(({ ErrorEquals, Next }) => [...ErrorEquals, Next])).toEqual([
      ['States.DataLimitExceeded', 'CompleteWithoutDrain'],
      ['States.ALL', 'CompleteWithoutDrain'],
    ]);
  });

  test('tries a failing tick for minutes, and at most an hour', () => {
    for (const { IntervalSeconds, BackoffRate, MaxDelaySeconds, MaxAttempts } of state('Tick').Retry ?? []) {
      const pauses = Array.from({ length: MaxAttempts }, (_, n) => IntervalSeconds * BackoffRate ** n);
      const seconds = pauses.reduce((sum, pause) => sum + Math.min(pause, MaxDelaySeconds), 0);
      expect(seconds).toBeGreaterThan(120);
      expect(seconds).toBeLessThanOrEqual(3600);
    }
  });
});
