import { afterEach, expect, test } from 'vitest';
// Loaded before it is asked for, since what is loaded on the way takes time that no manual clock has.
import '../../shared/audit-page/render-audit-page.ts';
import { auditLogTick } from '../../functions/audit-log/audit-log-tick.ts';
import { readAuditLogInput } from '../../functions/audit-log/read-input.ts';
import { auditLogDefinition } from '../../sandbox/audit-log-definition.ts';
import { createStateMachine, type StateMachineEngine } from '../../sandbox/state-machine.ts';
import { createLogWorld, deletion, hourMs } from '../functions/audit-log/log-world.ts';

const MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:audit-log';
const where = { account: '123456789012', region: 'eu-west-1', partition: 'aws' };
const definition = auditLogDefinition('arn:aws:lambda:eu-west-1:123456789012:function:tick');

const engines: StateMachineEngine[] = [];
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
});

/** The machine that is deployed, the function that it calls, and CloudWatch in memory. */
function deployed(clusters: string[]) {
  const world = createLogWorld(clusters);
  const { clock, wishes, ports } = world;
  const starts: number[] = [];
  const faults = { failing: 0 };
  const engine = createStateMachine(
    {
      stateMachineArn: MACHINE,
      definition,
      tick: async (input, signal) => {
        starts.push(clock.now());
        if (faults.failing-- > 0) throw new Error('a function that was killed');
        const run = { ...readAuditLogInput(input), where };
        return auditLogTick(run, wishes, ports, { endsAt: clock.now() + 270_000, signal });
      },
      completeLifecycleAction: async () => expect.fail('it has no lifecycle action'),
    },
    { clock, random: () => 1 },
  );
  engines.push(engine);
  const run = (name: string) => clock.runUntil(engine.ended(engine.start(name, MACHINE, {}).executionArn));
  return { world, starts, faults, run };
}

test('queries that take longer than a call of the function are asked once, and what they find is told', async () => {
  const { world, starts, run } = deployed(['a', 'b']);
  world.happens(deletion('shop'), 'b', hourMs);
  world.insights.settings.runningPolls = 120;
  const { status, output } = await run('one');
  expect({ status, output }).toMatchObject({ status: 'SUCCEEDED', output: { done: true } });
  expect(starts.length).toBeGreaterThan(2);
  expect(world.insights.queries.size).toBe(4);
  expect(world.news()).toEqual([['namespaces/shop']]);
});

test('a run whose ticks fail for a while looks at what it set out to look at, once', async () => {
  const { world, starts, faults, run } = deployed(['a']);
  world.happens(deletion('shop'), 'a', hourMs);
  faults.failing = 3;
  expect(await run('one')).toMatchObject({ status: 'SUCCEEDED' });
  expect(starts).toHaveLength(4);
  expect(world.news()).toEqual([['namespaces/shop']]);
});

test('after a run that failed for good the next one tells what it has missed', async () => {
  const { world, faults, run } = deployed(['a']);
  world.happens(deletion('shop'), 'a', hourMs);
  faults.failing = 9;
  expect(await run('one')).toMatchObject({ status: 'FAILED', error: 'failed' });
  expect(world.told).toEqual([]);
  await world.clock.advance(hourMs);
  expect(await run('two')).toMatchObject({ status: 'SUCCEEDED' });
  expect(world.news()).toEqual([['namespaces/shop']]);
});
