import fc from 'fast-check';
import { expect, test } from 'vitest';
// Loaded before it is asked for, since what is loaded on the way takes time that no manual clock has.
import '../../shared/audit-page/render-audit-page.ts';
import { auditLogTick } from '../../functions/audit-log/audit-log-tick.ts';
import { readAuditLogInput } from '../../functions/audit-log/read-input.ts';
import { auditLogDefinition } from '../../sandbox/audit-log-definition.ts';
import { createStateMachine } from '../../sandbox/state-machine.ts';
import { createLogWorld, deletion, request } from '../functions/audit-log/log-world.ts';

const machine = 'arn:aws:states:eu-west-1:123456789012:stateMachine:audit-log';
const where = { account: '123456789012', region: 'eu-west-1', partition: 'aws' };
const definition = auditLogDefinition('arn:aws:lambda:eu-west-1:123456789012:function:tick');
const never = new AbortController().signal;
const minuteMs = 60_000;
/** Lag and overlap of the windows; an event that comes later than that is lost. */
const mostLateMinutes = 25;

const lateMinutes = fc.integer({ min: 0, max: mostLateMinutes });
const script = fc.record({
  /** Each of its own namespace. */
  deletions: fc.array(fc.record({ minute: fc.integer({ min: 0, max: 700 }), late: lateMinutes }), { maxLength: 6 }),
  /** Each of a pod of its own, whose eviction is refused twice a minute for so long. */
  refusals: fc.array(
    fc.record({
      minute: fc.integer({ min: 0, max: 600 }),
      minutes: fc.integer({ min: 17, max: 45 }),
      late: fc.array(lateMinutes, { minLength: 3, maxLength: 3 }),
    }),
    { maxLength: 3 },
  ),
  runs: fc.array(
    fc.record({
      afterMinutes: fc.integer({ min: 5, max: 180 }),
      /** Nine are one more than a tick is tried again. */
      killedTicks: fc.constantFrom(0, 0, 0, 2, 9),
      /** A tick dies when it saves that. */
      dyingAt: fc.constantFrom(undefined, undefined, 'plan.json', 'Q28.json', 'Q06.json', 'looked-at.json'),
      queries: fc.constantFrom([], [], ['Failed'], ['Timeout', 'Cancelled'], ['Complete', 'Failed']),
      runningPolls: fc.constantFrom(0, 1, 100),
      noRoom: fc.boolean().map((each) => each && 0),
      cannotTell: fc.boolean(),
    }),
    { minLength: 2, maxLength: 6 },
  ),
});
type Script = typeof script extends fc.Arbitrary<infer T> ? T : never;

/** What runs of the deployed machine tell, each as often as it was new; the last three runs have no faults. */
async function told({ deletions, refusals, runs }: Script): Promise<string[]> {
  const world = createLogWorld(['demo'], ['destructive-deletes', 'eviction-refused']);
  const { clock, insights, ports, wishes } = world;
  const beganMs = clock.now();
  const comes = (event: object, minute: number, late: number) => {
    const atMs = beganMs + minute * minuteMs;
    const put = () => world.happens(event, 'demo', clock.now() - atMs);
    void clock.sleep(atMs + late * minuteMs - beganMs, never).then(put);
  };
  for (const [n, { minute, late }] of deletions.entries()) comes(deletion(`n${n}`), minute, late);
  for (const [n, { minute, minutes, late }] of refusals.entries()) {
    const refused = request('create', 'pods', `p${n}`, { namespace: 'shop', code: 429 });
    const event = { ...refused, objectRef: { ...refused.objectRef, subresource: 'eviction' } };
    for (let half = 0; half <= minutes * 2; half += 1) comes(event, minute + half / 2, late[half % 3] ?? 0);
  }

  let killed = 0;
  const engine = createStateMachine(
    {
      stateMachineArn: machine,
      definition,
      tick: async (input, signal) => {
        if (killed-- > 0) throw new Error('a function that was killed');
        const run = { ...readAuditLogInput(input), where };
        return auditLogTick(run, wishes, ports, { endsAt: clock.now() + 270_000, signal });
      },
      completeLifecycleAction: async () => expect.fail('it has no lifecycle action'),
    },
    { clock, random: () => 1 },
  );
  const { save } = ports.texts;
  const [topic] = ports.news;
  const none = { killedTicks: 0, dyingAt: undefined, queries: [], runningPolls: 0, noRoom: false, cannotTell: false };
  const well = Array.from({ length: 3 }, () => ({ ...none, afterMinutes: 60 }));
  const longEnough = { ...none, afterMinutes: 700 + mostLateMinutes };
  for (const [n, run] of [...runs, longEnough, ...well].entries()) {
    await clock.advance(run.afterMinutes * minuteMs);
    killed = run.killedTicks;
    let dying = run.dyingAt;
    ports.texts.save = async (key, text, signal) => {
      if (dying === undefined || !key.endsWith(dying)) return save(key, text, signal);
      dying = undefined;
      throw new Error('killed');
    };
    insights.settings.ends = [...run.queries] as typeof insights.settings.ends;
    Object.assign(insights.settings, { runningPolls: run.runningPolls, maxConcurrent: run.noRoom === 0 ? 0 : 100 });
    ports.news = run.cannotTell
      ? [{ name: 'a topic', tell: async () => Promise.reject(new Error('no')) }]
      : [topic as never];
    await clock.runUntil(engine.ended(engine.start(`run-${n}`, machine, {}).executionArn));
  }
  await engine.stop();
  return world.news().flat().sort();
}

test('whatever fails and however late an event comes, it is told, and told once', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(script, async (given) => {
      const all = [
        ...given.deletions.map((_, n) => `namespaces/n${n}`),
        ...given.refusals.map((_, n) => `pods/shop/p${n}`),
      ];
      expect(await told(given)).toEqual(all.sort());
    }),
    { numRuns: 12 },
  );
});
