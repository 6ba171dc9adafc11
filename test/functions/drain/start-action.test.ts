import { expect, it } from 'vitest';
import type { ManualAnswer } from '../../../functions/drain/answer.ts';
import { deployment, nodeName } from '../../shared/drain/drain-world.ts';
import { createManualWorld, requestMachine } from './manual-world.ts';

const start = { action: 'start', cluster: 'demo', target: { asg: 'example-asg' } };
const web = () => [deployment('web', 2)];

it('starts nothing twice under one id, neither while it runs nor afterwards', async () => {
  const world = await createManualWorld(1, web);
  const asked = { ...start, requestId: 'change-1' };
  expect(await world.ask(asked)).not.toHaveProperty('joined');
  expect(await world.ask(asked)).toEqual({
    ...{ version: 1, action: 'start', requestId: 'change-1', cluster: 'demo', joined: true },
    execution: { arn: `${requestMachine.replace(':stateMachine:', ':execution:')}:change-1`, status: 'RUNNING' },
  });
  await world.idle();
  expect(await world.ask(asked)).toMatchObject({ error: { code: 'request-over' }, requestId: 'change-1' });
  expect(world.drains()).toHaveLength(1);
});

it('names a request by the invocation, so that one that Lambda repeats joins the first', async () => {
  const world = await createManualWorld(1, web);
  const id = '6f0cbb3e-0000-4f2a-9d2c-1f3f7a9b2c11';
  const first = (await world.ask(start, id)) as ManualAnswer & { requestId: string };
  expect(first.requestId).toBe('6f0cbb3e00004f2a9d2c1f3f7a9b2c11');
  expect(await world.ask(start, id)).toMatchObject({ joined: true });
});

it('takes the cordons back when the execution cannot be started, and fails', async () => {
  const world = await createManualWorld(2, web);
  world.ports.executions.start = async () => Promise.reject(new Error('throttled'));
  await expect(world.ask(start)).rejects.toThrow('throttled');
  expect(world.cordoned()).toEqual([]);
  expect(world.marked()).toEqual([]);
});

it('says so when they cannot be taken back either, and a stop by the id takes them back later', async () => {
  const world = await createManualWorld(2, web);
  const { start: begins } = world.ports.executions;
  world.ports.executions.start = async () => {
    world.cluster.faults.add({ match: /nodes/, effect: { reset: 'before' }, times: 1 });
    throw new Error('throttled');
  };
  await expect(world.ask({ ...start, requestId: 'change-2' })).rejects.toThrow(
    /^starting request change-2: Error: throttled; its cordons stay: stop it by its requestId$/,
  );
  expect(world.cordoned()).toEqual(world.names);
  world.ports.executions.start = begins;
  await world.ask({ action: 'stop', cluster: 'demo', requestId: 'change-2' });
  expect(world.cordoned()).toEqual([]);
});

it('cordons none when one of them cannot be cordoned', async () => {
  const world = await createManualWorld(2, web);
  world.cluster.faults.add({
    match: new RegExp(`PATCH.*${nodeName}`),
    effect: { answer: { status: 403, body: { kind: 'Status', code: 403, message: 'no right' } } },
  });
  expect(await world.ask(start)).toMatchObject({
    error: { code: 'denied', message: `cordoning ${nodeName}: no right`, next: expect.stringContaining('enl -- rbac') },
  });
  expect(world.cordoned()).toEqual([]);
  expect(world.drains()).toEqual([]);
});

it('says what it would do, and changes nothing', async () => {
  const world = await createManualWorld(3, web);
  const before = world.names.map((name) => world.cluster.get('nodes', name)?.metadata.resourceVersion);
  expect(await world.ask({ ...start, maxUnavailable: 2, dryRun: 'client' })).toEqual({
    ...{ version: 1, action: 'start', requestId: 'req1', cluster: 'demo', dryRun: 'client', withoutNode: [] },
    ...{ maxUnavailable: 2, waves: [['n1.ec2.internal'], [nodeName, 'n2.ec2.internal']] },
  });
  expect(await world.ask({ ...start, dryRun: 'server' })).toMatchObject({ dryRun: 'server', lines: expect.any(Array) });
  expect(world.names.map((name) => world.cluster.get('nodes', name)?.metadata.resourceVersion)).toEqual(before);
  expect(world.machines.list()).toEqual([]);
});

it('gives every drain an end, that of the settings if none is asked for, and never more than half a day', async () => {
  const world = await createManualWorld(1, web);
  world.settings.policy = { ...world.settings.policy, deadlineSeconds: 172_800 };
  await world.ask(start);
  expect(world.request()?.input).toMatchObject({ request: { options: { timeoutSeconds: 43_200 } } });
});

it('asks for the end of instances only, and of no more than an execution remembers', async () => {
  const world = await createManualWorld(1, web);
  const bare = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'bare' }, status: { conditions: [] } };
  world.cluster.apply(bare);
  expect(await world.ask({ ...start, target: { node: 'bare' }, terminate: true })).toMatchObject({
    error: { code: 'no-instance', message: 'bare is no EC2 instance that could be ended' },
  });
  for (let index = 0; index < 300; index += 1) {
    world.cluster.apply({ ...bare, metadata: { name: `many-${index}`, labels: { many: 'yes' } } });
  }
  world.cluster.apply({ ...bare, metadata: { name: 'one-more', labels: { many: 'yes' } } });
  expect(await world.ask({ ...start, target: { selector: 'many=yes' } })).toMatchObject({
    error: { code: 'too-many-nodes', message: '301 nodes are more than the 300 that one request may have' },
  });
});
