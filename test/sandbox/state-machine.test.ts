import { afterEach, describe, expect, test } from 'vitest';
import { createManualClock } from '../../sandbox/clock.ts';
import { lifecycleDefinition } from '../../sandbox/lifecycle-definition.ts';
import { createStateMachine } from '../../sandbox/state-machine.ts';
import { continueAs } from '../../shared/lifecycle/continuation.ts';

const START = Date.UTC(2026, 0, 1);
const MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:lifecycle';
const ACTION = { groupName: 'web', hookName: 'drain', token: 'token-1', instanceId: 'i-0123456789abcdef0' };
const INPUT = { action: ACTION, state: null };
const NAME = `${ACTION.instanceId}-${ACTION.token}`;
const EXECUTION = `arn:aws:states:eu-west-1:123456789012:execution:lifecycle:${NAME}`;
const definition = lifecycleDefinition('arn:aws:lambda:eu-west-1:123456789012:function:tick');

interface Call {
  at: number;
  input: { action: typeof ACTION; state: { ticks: number } | null; execution: string };
}
type Tick = (call: Call, number: number, signal: AbortSignal) => unknown;

const engines: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
});

function setUp(tick: Tick, complete: (number: number) => unknown = () => ({})) {
  const clock = createManualClock(START);
  const calls: Call[] = [];
  const completions: { at: number; parameters: unknown }[] = [];
  const engine = createStateMachine(
    {
      stateMachineArn: MACHINE,
      definition,
      tick: async (input, signal) => {
        const call = { at: (clock.now() - START) / 1000, input: input as Call['input'] };
        return tick(call, calls.push(call), signal);
      },
      completeLifecycleAction: async (parameters) => {
        return complete(completions.push({ at: clock.now() - START, parameters }));
      },
    },
    { clock, random: () => 1 },
  );
  engines.push(engine);
  return { clock, calls, completions, engine, finish: () => clock.runUntil(engine.idle()) };
}

const again = ({ input }: Call, waitSeconds: number, more: object = {}) => ({
  status: 'again',
  waitSeconds,
  action: input.action,
  state: { ticks: (input.state?.ticks ?? 0) + 1 },
  ...more,
});
const done = { status: 'done', end: { reason: 'drained' } };

describe('an execution', () => {
  test('ticks until the tick says done, and waits between two ticks as long as the tick asked', async () => {
    const { engine, calls, clock, finish } = setUp((call, n) => (n < 3 ? again(call, n * 60) : done));
    expect(engine.start(NAME, MACHINE, INPUT)).toEqual({ executionArn: EXECUTION, startedAt: START, existed: false });
    await finish();
    expect(calls.map(({ at }) => at)).toEqual([0, 60, 180]);
    expect(calls.map(({ input }) => input)).toEqual([
      { action: ACTION, state: null, execution: NAME },
      { action: ACTION, state: { ticks: 1 }, execution: NAME },
      { action: ACTION, state: { ticks: 2 }, execution: NAME },
    ]);
    expect(engine.describe(EXECUTION)).toMatchObject({ status: 'SUCCEEDED', output: done, endedAt: clock.now() });
  });

  test('tries a tick that throws again with growing pauses, from the same state, and counts anew after a good one', async () => {
    const { engine, calls, finish } = setUp((call, n) => {
      if ([2, 3, 5].includes(n)) throw new TypeError('a bug');
      return n < 6 ? again(call, 10) : done;
    });
    engine.start(NAME, MACHINE, INPUT);
    await finish();
    expect(calls.map(({ at }) => at)).toEqual([0, 10, 15, 30, 40, 45]);
    expect(calls[3]?.input).toEqual(calls[1]?.input);
    expect(engine.describe(EXECUTION)?.status).toBe('SUCCEEDED');
  });

  test.each([
    ['throws on', new TypeError('a bug'), 9, 1400],
    ['is throttled on', Object.assign(new Error('slow'), { name: 'Lambda.TooManyRequestsException' }), 27, 2526],
  ])(
    'the execution itself failed: CONTINUE by a fallback state of the machine, which ends as failed, when its tick %s',
    async (_, error, attempts, seconds) => {
      const { engine, calls, completions, finish } = setUp(() => {
        throw error;
      });
      engine.start(NAME, MACHINE, INPUT);
      await finish();
      expect(calls).toHaveLength(attempts);
      expect(calls.at(-1)?.at).toBe(seconds);
      expect(completions.map(({ parameters }) => parameters)).toEqual([
        {
          AutoScalingGroupName: 'web',
          LifecycleHookName: 'drain',
          LifecycleActionToken: 'token-1',
          InstanceId: ACTION.instanceId,
          LifecycleActionResult: 'CONTINUE',
        },
      ]);
      const cause = JSON.stringify({ errorMessage: error.message, errorType: error.name });
      expect(engine.describe(EXECUTION)).toMatchObject({ status: 'FAILED', error: 'failed', cause });
    },
  );

  test.each([
    [
      'a tick fails to the last',
      () => {
        throw new TypeError('a bug');
      },
      JSON.stringify({ errorMessage: 'a bug', errorType: 'TypeError' }),
    ],
    ['a tick answers what nobody understands', () => ({}), 'A tick answered neither done nor again.'],
  ])('a notice, which no hook holds, ends as failed and completes nothing when %s', async (_, tick, cause) => {
    const notice = { kind: 'spot-interruption', instanceId: ACTION.instanceId, noticeId: 'event-1' };
    const { engine, completions, finish } = setUp(tick);
    engine.start(NAME, MACHINE, { action: notice, state: null });
    await finish();
    expect(completions).toEqual([]);
    expect(engine.describe(EXECUTION)).toMatchObject({ status: 'FAILED', error: 'failed', cause });
  });

  test('gives a tick that does not answer its time limit, and tries it again', async () => {
    const { engine, calls, finish } = setUp((_, n, signal) =>
      n === 1 ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))) : done,
    );
    engine.start(NAME, MACHINE, INPUT);
    await finish();
    expect(calls.map(({ at }) => at)).toEqual([0, 365]);
  });

  test.each([
    ['an answer without a status', {}],
    ['no answer', null],
    ['again without a time', { status: 'again', action: ACTION, state: {} }],
    ['again in less than no time', { status: 'again', waitSeconds: -1, action: ACTION, state: {} }],
    ['more data than a state may hold', { ...done, report: 'x'.repeat(300_000) }],
  ])('completes the action by itself on %s', async (_, answer) => {
    const { engine, completions, finish } = setUp(() => answer);
    engine.start(NAME, MACHINE, INPUT);
    await finish();
    expect(completions).toHaveLength(1);
    expect(engine.describe(EXECUTION)).toMatchObject({ status: 'FAILED', error: 'failed' });
  });

  test('says that the action is not completed when the completion is refused to the last', async () => {
    const refuse = () => {
      throw Object.assign(new Error('No active Lifecycle Action found'), { name: 'AutoScaling.AutoScalingException' });
    };
    const { engine, completions, finish } = setUp(() => ({}), refuse);
    engine.start(NAME, MACHINE, INPUT);
    await finish();
    expect(completions).toHaveLength(11);
    expect(engine.describe(EXECUTION)).toMatchObject({ status: 'FAILED', error: 'not-completed' });
  });

  test('ends after 49 hours whatever its ticks say', async () => {
    const { engine, finish } = setUp((call) => again(call, 3600));
    engine.start(NAME, MACHINE, INPUT);
    await finish();
    expect(engine.describe(EXECUTION)).toMatchObject({ status: 'TIMED_OUT', endedAt: START + 49 * 3600 * 1000 });
  });

  test('goes on as a new execution with the state it had, and that one as the next', async () => {
    const { engine, calls, completions, finish } = setUp((call, n) =>
      n < 5 ? again(call, 1, { continueAs: n % 2 ? null : continueAs(call.input.execution, 2000) }) : done,
    );
    engine.start(NAME, MACHINE, INPUT);
    await finish();
    expect(calls.map(({ input }) => input.execution)).toEqual([NAME, NAME, `${NAME}-c2`, `${NAME}-c2`, `${NAME}-c3`]);
    expect(calls[2]?.input).toMatchObject({ action: ACTION, state: { ticks: 2 } });
    expect(engine.list().map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
    expect(completions).toEqual([]);
  });

  test('is content when its continuation exists already', async () => {
    const { engine, calls, finish } = setUp((call) =>
      call.input.execution === NAME ? again(call, 1, { continueAs: `${NAME}-c2` }) : done,
    );
    engine.start(`${NAME}-c2`, MACHINE, INPUT);
    await finish();
    engine.start(NAME, MACHINE, INPUT);
    await finish();
    expect(calls).toHaveLength(2);
    expect(engine.describe(EXECUTION)?.status).toBe('SUCCEEDED');
  });
});

describe('the engine', () => {
  test('joins a running execution of the same name and input, and refuses any other use of the name', async () => {
    const { engine, calls, clock, finish } = setUp((call, n) => (n === 1 ? again(call, 60) : done));
    engine.start(NAME, MACHINE, INPUT);
    await clock.advance(30_000);
    expect(engine.start(NAME, MACHINE, INPUT)).toEqual({ executionArn: EXECUTION, startedAt: START, existed: false });
    expect(engine.start(NAME, MACHINE, { ...INPUT, state: {} })).toMatchObject({ existed: true });
    await finish();
    expect(engine.start(NAME, MACHINE, INPUT)).toMatchObject({ existed: true });
    expect(calls).toHaveLength(2);
  });

  test('stops what runs without completing anything', async () => {
    const { engine, completions, clock } = setUp((call) => again(call, 600));
    engine.start(NAME, MACHINE, INPUT);
    await clock.advance(1000);
    await engine.stop();
    expect(engine.describe(EXECUTION)?.status).toBe('ABORTED');
    expect(completions).toEqual([]);
  });

  test.each([
    ['InvalidName', 'a b', MACHINE],
    ['InvalidName', 'x'.repeat(81), MACHINE],
    ['StateMachineDoesNotExist', NAME, `${MACHINE}2`],
  ])('throws %s for %s', (name, execution, machine) => {
    const { engine } = setUp(() => done);
    expect(() => engine.start(execution, machine, INPUT)).toThrow(expect.objectContaining({ name }));
  });
});
