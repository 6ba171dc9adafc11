import { expect, it } from 'vitest';
import { executionArn } from '../../../shared/adapters/step-functions.ts';
import { stopAnnotation } from '../../../shared/lifecycle/mark.ts';
import { budget, deployment, nodeName } from '../../shared/drain/drain-world.ts';
import { createManualWorld, requestMachine } from './manual-world.ts';

const start = { action: 'start', cluster: 'demo', target: { asg: 'example-asg' } };
const held = () => [deployment('db', 3), budget('db', { maxUnavailable: 0 })];
const textOf = (execution: { output?: unknown } | undefined) =>
  (execution?.output as { text: string } | undefined)?.text;

it('cordons the nodes of a group, drains them zone by zone, each by an execution of its own, and ends their instances', async () => {
  const world = await createManualWorld(3, () => [deployment('web', 6)]);
  const answer = await world.ask({ ...start, terminate: true, decrement: true });
  expect(answer).toEqual({
    ...{ version: 1, action: 'start', requestId: 'req1', cluster: 'demo', maxUnavailable: 1, withoutNode: [] },
    waves: [['n1.ec2.internal'], [nodeName, 'n2.ec2.internal']],
    execution: { arn: executionArn(requestMachine, 'req1'), status: 'RUNNING' },
  });
  expect(world.cordoned()).toEqual(world.names);
  await world.idle();
  const order = ['n1.ec2.internal', nodeName, 'n2.ec2.internal'];
  expect(world.steps).toEqual([...order.flatMap((name) => [`begin ${name}`, `judge ${name}`]), 'finish']);
  expect(world.drains()).toEqual([
    'i-000000001-manual-req1 SUCCEEDED',
    'i-05629ab7d9287e205-manual-req1 SUCCEEDED',
    'i-000000002-manual-req1 SUCCEEDED',
  ]);
  expect(world.request()).toMatchObject({
    status: 'SUCCEEDED',
    output: { version: 1, requestId: 'req1', status: 'drained', text: '3 of 3 nodes drained' },
  });
  expect(world.ended.map(({ instanceId, decrement }) => [instanceId, decrement])).toEqual([
    ['i-000000001', true],
    ['i-05629ab7d9287e205', true],
    ['i-000000002', true],
  ]);
});

it('drains as many at the same time as was asked for, and no more', async () => {
  const world = await createManualWorld(5, () => [deployment('web', 10)], ['a']);
  await world.ask({ ...start, maxUnavailable: '50%' });
  await world.idle();
  let under = 0;
  const atOnce = world.steps.map((step) => {
    under += Number(step.startsWith('begin')) - Number(step.startsWith('judge'));
    return under;
  });
  expect(Math.max(...atOnce)).toBe(2);
  expect(world.request()?.status).toBe('SUCCEEDED');
});

it('begins no other node after one that is not drained, takes their cordons back, and says which it was', async () => {
  const world = await createManualWorld(3, held);
  await world.ask({ ...start, timeoutSeconds: 120 });
  await world.idle();
  expect(world.drains()).toEqual(['i-000000001-manual-req1 SUCCEEDED']);
  expect(world.cordoned()).toEqual(['n1.ec2.internal']);
  expect(world.marked()).toEqual(['n1.ec2.internal']);
  expect(world.request()).toMatchObject({
    status: 'FAILED',
    error: 'not-drained',
    cause: expect.stringMatching(
      /^0 of 3 nodes drained; n1\.ec2\.internal deadline: .+; not begun and as before: ip-10-0-1-10\.ec2\.internal, n2\.ec2\.internal$/,
    ),
  });
});

it('lets a drain that is under way come to its end when another one fails', async () => {
  const slow = { spec: { terminationGracePeriodSeconds: 60 } };
  const world = await createManualWorld(2, () => [deployment('web', 4, slow)], ['a']);
  world.trouble.tick = ({ action }) => {
    if (action.kind === 'manual' && action.node === nodeName) throw new Error('a bug');
  };
  await world.ask({ ...start, maxUnavailable: 2 });
  await world.idle();
  expect(world.request()).toMatchObject({
    error: 'not-drained',
    cause: `1 of 2 nodes drained; ${nodeName} failed: its drain i-05629ab7d9287e205-manual-req1 is FAILED; it stays cordoned`,
  });
  expect(world.podsOn('n1.ec2.internal')).toEqual([]);
});

it('stops what is under way and begins nothing more, and leaves no mark', async () => {
  const world = await createManualWorld(3, held);
  await world.ask(start);
  await world.clock.advance(30_000);
  const stopped = await world.ask({ action: 'stop', cluster: 'demo', requestId: 'req1' });
  expect(stopped).toMatchObject({
    nodes: [
      { node: nodeName, result: 'undone' },
      { node: 'n2.ec2.internal', result: 'undone' },
      { node: 'n1.ec2.internal', result: 'told', text: expect.stringContaining('our marks are taken back') },
    ],
  });
  await world.idle();
  expect(world.marked()).toEqual([]);
  expect(world.cordoned()).toEqual([]);
  expect(world.drains()).toHaveLength(1);
  expect(textOf(world.request())).toMatch(
    /^0 of 3 nodes drained; n1\.ec2\.internal aborted: .+; not begun and as before: /,
  );
});

it('stops a drain whose execution is started but has not looked yet', async () => {
  const world = await createManualWorld(1, held);
  const tickInTime = Promise.withResolvers<void>();
  let stopping: Promise<unknown> | undefined;
  world.trouble.tick = () => {
    if (stopping) return;
    stopping = world.ask({ action: 'stop', cluster: 'demo', target: { node: nodeName } });
    tickInTime.resolve();
    throw new Error('not now');
  };
  await world.ask(start);
  await world.idle();
  expect(await stopping).toMatchObject({ nodes: [{ node: nodeName, result: 'told' }] });
  expect(world.marked()).toEqual([]);
  expect(world.cluster.get('nodes', nodeName)?.metadata.annotations?.[stopAnnotation]).toBeUndefined();
  expect(textOf(world.request())).toMatch(/^0 of 1 nodes drained; ip-10-0-1-10\.ec2\.internal aborted: /);
});

it('asks a step again that failed, and comes to the same', async () => {
  const world = await createManualWorld(2, () => [deployment('web', 2)]);
  const failed = new Set<string>();
  world.trouble.step = (event) => {
    const text = JSON.stringify(event);
    if (failed.has(text)) return;
    failed.add(text);
    throw new Error('not now');
  };
  await world.ask(start);
  await world.idle();
  expect(failed.size).toBe(5);
  expect(world.request()).toMatchObject({ status: 'SUCCEEDED', output: { text: '2 of 2 nodes drained' } });
});

it('says that cordons are left when they cannot be taken back for good', async () => {
  const world = await createManualWorld(1);
  world.trouble.step = (event) => {
    if ((event as { step: string }).step !== 'begin') throw new Error('a bug');
  };
  await world.ask(start);
  await world.idle();
  expect(world.request()).toMatchObject({ status: 'FAILED', error: 'cordons-left' });
});
