import aslValidator from 'asl-validator';
import { StateMachine } from 'aws-local-stepfunctions';
import { describe, expect, test } from 'vitest';
import { functionLimits } from '../../infra/function-limits.ts';
import { type Definition, type State, statesIn } from '../../sandbox/execution/definition.ts';
import { lifecycleDefinition } from '../../sandbox/lifecycle-definition.ts';
import { requestDefinition } from '../../sandbox/request-definition.ts';
import { mostNodes, mostTimeoutSeconds } from '../../shared/settings/manual-request.ts';

const stepsArn = 'arn:aws:lambda:eu-west-1:123456789012:function:drain';
const drainArn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:terminate';
const definition = JSON.parse(requestDefinition(stepsArn, drainArn)) as Definition & { QueryLanguage: string };

interface Caught extends State {
  Catch?: { ErrorEquals: string[]; Next: string }[];
  MaxConcurrency?: number;
  MaxConcurrencyPath?: string;
}
const states = new Map<string, Caught>(statesIn(definition));
const state = (name: string): Caught => states.get(name) ?? expect.fail(`no state ${name}`);
const year = 365 * 24 * 3600;

describe('the definition of a request', () => {
  test('is valid to whoever runs it here, and to the rules of the language', () => {
    expect(() => new StateMachine(definition as never)).not.toThrow();
    expect(aslValidator(definition)).toMatchObject({ isValid: true, errors: [] });
    expect(definition.QueryLanguage).toBe('JSONPath');
  });

  test('goes zone by zone, and in a zone at as many nodes as was asked for', () => {
    expect(state('Zones').MaxConcurrency).toBe(1);
    expect(state('Nodes')).toMatchObject({ MaxConcurrencyPath: '$.atOnce' });
    expect(state('Nodes')).not.toHaveProperty('MaxConcurrency');
  });

  test('has no iteration that fails: its siblings would be called off', () => {
    const inner = statesIn(state('Nodes').ItemProcessor ?? expect.fail('no iterations')) as [string, Caught][];
    expect(inner.length).toBeGreaterThan(8);
    for (const [name, { Type, Catch, Retry, TimeoutSeconds }] of inner) {
      expect(Type, name).not.toBe('Fail');
      if (Type !== 'Task') continue;
      expect(Catch?.at(-1)?.ErrorEquals, name).toEqual(['States.ALL']);
      expect(Retry?.at(-1)?.ErrorEquals, name).toEqual(['States.ALL']);
      expect(TimeoutSeconds, name).toBeGreaterThan(functionLimits.drain.timeoutSeconds);
    }
  });

  test('sums up whatever becomes of the nodes, and says when cordons are left', () => {
    expect(state('Zones').Catch?.map(({ Next }) => Next)).toEqual(['Finish']);
    expect(state('Finish').Catch?.map(({ Next }) => Next)).toEqual(['CordonsLeft']);
  });

  test('waits for a drain for longer than that may last', () => {
    const { TimeoutSeconds = 0 } = JSON.parse(lifecycleDefinition(stepsArn)) as Definition;
    expect(TimeoutSeconds).toBeGreaterThan(0);
    expect(state('Drain').TimeoutSeconds).toBeGreaterThan(TimeoutSeconds);
  });

  test('comes to its end within the year that an execution may last', () => {
    expect(definition.TimeoutSeconds).toBeUndefined();
    expect(mostNodes * mostTimeoutSeconds).toBeLessThan(year);
  });

  test('leaves half of the history free when all nodes are drained at the first attempt', () => {
    // Entered, scheduled, started, succeeded, exited; a Choice or Pass has two of them, what starts an execution one more.
    // https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
    const events: Record<string, number> = { Begin: 5, MayBegin: 2, Drain: 6, Judge: 5, IsOver: 2, Result: 2 };
    expect([...states.keys()]).toEqual(expect.arrayContaining(Object.keys(events)));
    const ofIteration = 2 + Object.values(events).reduce((sum, each) => sum + each);
    expect(mostNodes * ofIteration).toBeLessThan(25_000 / 2);
  });
});
