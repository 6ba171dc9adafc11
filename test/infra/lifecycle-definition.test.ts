import aslValidator from 'asl-validator';
import { StateMachine } from 'aws-local-stepfunctions';
import { describe, expect, test } from 'vitest';
import { lifecycleDefinition } from '../../sandbox/lifecycle-definition.ts';
import { ticksPerExecution } from '../../shared/lifecycle/continuation.ts';

interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds: number;
  BackoffRate: number;
  MaxDelaySeconds: number;
  MaxAttempts: number;
  JitterStrategy: 'FULL' | 'NONE';
}
interface State {
  Type: string;
  Resource?: string;
  TimeoutSeconds?: number;
  Retry?: Retrier[];
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
      ['ContinueAsNew', 'IsHeldByHook', 'CompleteWithoutDrain', 'Failed']
        .map(eventsOf)
        .reduce((sum, events) => sum + events);
    expect(fullChain + worstEnd).toBeLessThan(LIMIT);
  });

  test('has room for one failed attempt a tick, all the way', () => {
    expect(fullChain + ticksPerExecution * EVENTS_OF_A_FAILED_ATTEMPT).toBeLessThan(LIMIT);
  });
});

describe('the definition', () => {
  test('is valid to whoever runs it here, and to the rules of the language', () => {
    expect(() => new StateMachine(definition)).not.toThrow();
    expect(aslValidator(definition)).toMatchObject({ isValid: true, errors: [] });
    const broken = { ...definition, States: { ...definition.States, Wait: { Type: 'Wait', Next: 'Nowhere' } } };
    expect(aslValidator(broken).isValid).toBe(false);
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

  test('completes the action itself when a tick fails for good, if a hook holds the instance', () => {
    expect(state('Tick').Catch?.map(({ ErrorEquals, Next }) => [...ErrorEquals, Next])).toEqual([
      ['States.DataLimitExceeded', 'IsHeldByHook'],
      ['States.ALL', 'IsHeldByHook'],
    ]);
    expect(state('IsHeldByHook')).toMatchObject({
      Type: 'Choice',
      Choices: [{ Variable: '$$.Execution.Input.action.token', IsPresent: true, Next: 'CompleteWithoutDrain' }],
      Default: 'Failed',
    });
  });
});

describe('a tick that fails again and again', () => {
  const { TimeoutSeconds: taskSeconds = 0, Retry: retriers = [] } = state('Tick');
  const total = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0);
  const pausesOf = ({ IntervalSeconds, BackoffRate, MaxDelaySeconds, MaxAttempts }: Retrier) =>
    total(Array.from({ length: MaxAttempts }, (_, n) => Math.min(IntervalSeconds * BackoffRate ** n, MaxDelaySeconds)));
  /** Lambda refuses at once. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
  const isThrottled = ({ ErrorEquals }: Retrier) =>
    ErrorEquals.every((name) => name === 'Lambda.TooManyRequestsException');

  test('is given up after two hours at the latest, though all retriers are used up and attempts take all of their time', () => {
    const ran = total(retriers.filter((retrier) => !isThrottled(retrier)).map(({ MaxAttempts }) => MaxAttempts));
    expect((1 + ran) * taskSeconds + total(retriers.map(pausesOf))).toBeLessThanOrEqual(7200);
    expect(taskSeconds).toBeGreaterThan(295);
  });

  test('is not given up before about 20 minutes, though every attempt fails at once', () => {
    expect(retriers.map(({ ErrorEquals }) => ErrorEquals)).toContainEqual(['States.ALL']);
    for (const retrier of retriers) {
      // A jittered pause is half as long on average, and over this many attempts not far from that.
      const jittered = retrier.JitterStrategy === 'FULL';
      if (jittered) expect(retrier.MaxAttempts).toBeGreaterThan(20);
      expect(pausesOf(retrier) / (jittered ? 2 : 1)).toBeGreaterThanOrEqual(1200);
    }
  });
});
