import aslValidator from 'asl-validator';
import { describe, expect, test } from 'vitest';
import { functionLimits } from '../../infra/function-limits.ts';
import { auditLogDefinition } from '../../sandbox/audit-log-definition.ts';

interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds: number;
  BackoffRate: number;
  MaxDelaySeconds: number;
  MaxAttempts: number;
}
interface State {
  Type: string;
  TimeoutSeconds?: number;
  Retry?: Retrier[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
}

const definition = JSON.parse(auditLogDefinition('arn:aws:lambda:eu-west-1:123456789012:function:tick'));
const states: Record<string, State> = definition.States;
const tick = states.Tick ?? expect.fail('no tick');
const hour = 3600;

const pausesOf = ({ IntervalSeconds, BackoffRate, MaxDelaySeconds, MaxAttempts }: Retrier) =>
  Array.from({ length: MaxAttempts }, (_, n) => Math.min(IntervalSeconds * BackoffRate ** n, MaxDelaySeconds)).reduce(
    (sum, seconds) => sum + seconds,
  );

describe('the definition of the queries of logs', () => {
  test('is valid by the rules of the language, and a broken one is not', () => {
    expect(aslValidator(definition)).toMatchObject({ isValid: true, errors: [] });
    const broken = { ...definition, States: { ...states, Wait: { Type: 'Wait', Next: 'Nowhere' } } };
    expect(aslValidator(broken).isValid).toBe(false);
  });

  test('is written for JSONPath', () => {
    expect(definition.QueryLanguage).toBe('JSONPath');
  });

  test('fails for every error of a task, also those that States.ALL does not match', () => {
    const tasks = Object.entries(states).filter(([, { Type }]) => Type === 'Task');
    expect(tasks.map(([name]) => name).sort()).toEqual(['Tick', 'WhatRuns']);
    for (const [name, { Catch = [], Retry = [] }] of tasks) {
      expect(Catch.at(-1), name).toMatchObject({ ErrorEquals: ['States.ALL'], Next: 'Failed' });
      expect(Retry.at(-1)?.ErrorEquals, name).toEqual(['States.ALL']);
    }
    expect(tick.Catch?.flatMap(({ ErrorEquals }) => ErrorEquals)).toContain('States.DataLimitExceeded');
  });

  test('gives a tick more time than its function has, so that the function itself says what was too much', () => {
    expect(tick.TimeoutSeconds).toBeGreaterThan(functionLimits['audit-log'].timeoutSeconds);
  });

  test('lasts for the three hours of a run and a last tick with all its retries', () => {
    const retriers = tick.Retry ?? [];
    const pauses = retriers.map(pausesOf).reduce((sum, seconds) => sum + seconds);
    const attempts = retriers
      .filter(({ ErrorEquals }) => !ErrorEquals.includes('Lambda.TooManyRequestsException'))
      .reduce((sum, { MaxAttempts }) => sum + MaxAttempts, 1);
    expect(3 * hour + attempts * (tick.TimeoutSeconds ?? 0) + pauses).toBeLessThan(definition.TimeoutSeconds);
  });

  test('leaves room in the history of an execution for a tick each ten seconds until the end', () => {
    // Entered, scheduled, started, succeeded, exited; a Choice and a Wait have two.
    // https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
    const eventsOfACycle = 5 + 2 + 2;
    expect((definition.TimeoutSeconds / 10) * eventsOfACycle).toBeLessThan(25_000);
  });
});
