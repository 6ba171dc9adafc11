import { afterEach, describe, expect, test } from 'vitest';
import { auditLogDefinition } from '../../sandbox/audit-log-definition.ts';
import { createManualClock } from '../../sandbox/clock.ts';
import { createStateMachine } from '../../sandbox/state-machine.ts';

const START = Date.UTC(2026, 0, 1);
const MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:audit-log';
const definition = auditLogDefinition('arn:aws:lambda:eu-west-1:123456789012:function:tick');

interface Call {
  at: number;
  input: { execution: string; startedAt: string; state: { ticks: number } | null };
}
type Tick = (call: Call, number: number, signal: AbortSignal) => unknown;

const engines: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
});

function setUp(tick: Tick) {
  const clock = createManualClock(START);
  const calls: Call[] = [];
  const engine = createStateMachine(
    {
      stateMachineArn: MACHINE,
      definition,
      tick: async (input, signal) => {
        const call = { at: (clock.now() - START) / 1000, input: input as Call['input'] };
        return tick(call, calls.push(call), signal);
      },
      completeLifecycleAction: async () => expect.fail('it has no lifecycle action'),
    },
    { clock, random: () => 1 },
  );
  engines.push(engine);
  const start = (name: string) => engine.start(name, MACHINE, {}).executionArn;
  const statuses = () => engine.list().map(({ name, status }) => `${name} ${status}`);
  return { clock, calls, engine, start, statuses, finish: () => clock.runUntil(engine.idle()) };
}

const again = ({ input }: Call, waitSeconds: number) => ({
  done: false,
  waitSeconds,
  state: { ticks: (input.state?.ticks ?? 0) + 1 },
});
const done = { done: true, waitSeconds: 0, state: {} };

describe('a run', () => {
  test('ticks until it is done, waits as long as each tick says, and gives it what the one before answered', async () => {
    const { calls, start, statuses, finish } = setUp((call, n) => (n < 4 ? again(call, n * 60) : done));
    start('one');
    await finish();
    expect(calls.map(({ at }) => at)).toEqual([0, 60, 180, 360]);
    const about = { execution: 'one', startedAt: '2026-01-01T00:00:00.000Z' };
    expect(calls.map(({ input }) => input)).toEqual([
      { ...about, state: null },
      { ...about, state: { ticks: 1 } },
      { ...about, state: { ticks: 2 } },
      { ...about, state: { ticks: 3 } },
    ]);
    expect(statuses()).toEqual(['one SUCCEEDED']);
  });

  test('hands on a state of a quarter of a megabyte, and fails on a larger one', async () => {
    const large = (characters: number) => ({ done: false, waitSeconds: 1, state: { text: 'x'.repeat(characters) } });
    const handed = setUp((_, n) => (n === 1 ? large(262_000) : done));
    handed.start('one');
    await handed.finish();
    expect(handed.calls[1]?.input.state).toHaveProperty('text.length', 262_000);
    const refused = setUp(() => large(263_000));
    refused.start('one');
    await refused.finish();
    expect(refused.statuses()).toEqual(['one FAILED']);
    expect(refused.calls).toHaveLength(1);
  });

  test('tries a tick that throws again with growing pauses, from the same state', async () => {
    const { calls, start, statuses, finish } = setUp((call, n) => {
      if ([2, 3].includes(n)) throw new TypeError('a bug');
      return n < 4 ? again(call, 10) : done;
    });
    start('one');
    await finish();
    expect(calls.map(({ at }) => at)).toEqual([0, 10, 15, 30]);
    expect(calls[3]?.input).toEqual(calls[1]?.input);
    expect(statuses()).toEqual(['one SUCCEEDED']);
  });

  test('gives a tick that does not answer its time limit, and tries it again', async () => {
    const { calls, start, finish } = setUp((_, n, signal) =>
      n === 1 ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))) : done,
    );
    start('one');
    await finish();
    expect(calls.map(({ at }) => at)).toEqual([0, 365]);
  });

  test.each([
    ['throws on', new TypeError('a bug'), 9, 1400],
    ['is throttled on', Object.assign(new Error('slow'), { name: 'Lambda.TooManyRequestsException' }), 27, 2526],
  ])('fails with the last error when its tick %s', async (_, error, attempts, seconds) => {
    const { calls, engine, start, finish } = setUp(() => {
      throw error;
    });
    const arn = start('one');
    await finish();
    expect(calls).toHaveLength(attempts);
    expect(calls.at(-1)?.at).toBe(seconds);
    const cause = JSON.stringify({ errorMessage: error.message, errorType: error.name });
    expect(engine.describe(arn)).toMatchObject({ status: 'FAILED', error: 'failed', cause });
  });

  test.each([
    ['nothing', null],
    ['an empty answer', {}],
    ['a word for whether it is done', { ...done, done: 'true' }],
    ['again without a time', { done: false, state: {} }],
    ['again without a state', { done: false, waitSeconds: 1 }],
    ['again in less than no time', { done: false, waitSeconds: -1, state: {} }],
  ])('fails at once on %s', async (_, answer) => {
    const { calls, engine, start, finish } = setUp(() => answer);
    const arn = start('one');
    await finish();
    expect(calls).toHaveLength(1);
    const cause = 'A tick answered neither done nor how long to wait.';
    expect(engine.describe(arn)).toMatchObject({ status: 'FAILED', error: 'failed', cause });
  });

  test('is ended after six hours, however often it would tick', async () => {
    const { clock, start, statuses, finish } = setUp((call) => again(call, 3600));
    start('one');
    await finish();
    expect(statuses()).toEqual(['one TIMED_OUT']);
    expect(clock.now() - START).toBe(6 * 3_600_000);
  });
});

describe('of two runs', () => {
  test('the younger one ends at once and well while the older one goes on', async () => {
    const { calls, clock, start, statuses, finish } = setUp((call, n) => (n < 3 ? again(call, 600) : done));
    start('one');
    await clock.runUntil(clock.sleep(300_000, new AbortController().signal));
    start('two');
    await finish();
    expect(calls.map(({ input }) => input.execution)).toEqual(['one', 'one', 'one']);
    expect(statuses()).toEqual(['one SUCCEEDED', 'two SUCCEEDED']);
  });

  test('that were started for the same instant of the schedule one goes on', async () => {
    const { calls, start, finish } = setUp((call, n) => (n < 3 ? again(call, 600) : done));
    start('one');
    start('two');
    start('three');
    await finish();
    expect(new Set(calls.map(({ input }) => input.execution))).toEqual(new Set(['one']));
  });

  test('the younger one goes on when the older one has ended, however it has', async () => {
    const { calls, start, statuses, finish } = setUp((call) => (call.input.execution === 'one' ? {} : done));
    start('one');
    await finish();
    start('two');
    await finish();
    expect(calls.map(({ input }) => input.execution)).toEqual(['one', 'two']);
    expect(statuses()).toEqual(['one FAILED', 'two SUCCEEDED']);
  });
});
