import { describe, expect, it } from 'vitest';
import type { TickInput } from '../../../shared/lifecycle/tick.ts';
import {
  actionOf,
  budget,
  createWorld,
  deployment,
  groupName,
  instanceId,
  nodeName,
  topicArn,
  type World,
} from './drain-world.ts';

function twoHooks(world: World) {
  world.scaling.group(groupName)?.hooks.push({
    name: 'second',
    heartbeatSeconds: 1800,
    defaultResult: 'CONTINUE',
    notificationTargetArn: topicArn,
  });
  const [one, two] = world.scaling.terminateInstance(instanceId).map(actionOf);
  if (!one || !two) throw new Error('two actions expected');
  return { one, two };
}

describe('a drain survives', () => {
  it('its own completion by someone else while a second hook still holds the instance: it ends and lets the second go on', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const { one, two } = twoHooks(world);
    world.at(30, () => world.scaling.completeAction(one, 'CONTINUE'));
    const first = await world.drain(one);
    expect(first.end).toMatchObject({ reason: 'already-resolved', completion: null });
    world.cluster.apply(budget('web', { maxUnavailable: 1 }));
    const second = await world.drain(two);
    expect(second.end).toMatchObject({ reason: 'drained', completion: 'CONTINUE' });
    expect(world.seconds()).toBeLessThan(900);
  });

  it('another drain that died: its claim is taken over after ten minutes', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const { one, two } = twoHooks(world);
    await world.tickOnce({ action: one, state: null, execution: 'one' });
    world.cluster.apply(budget('web', { maxUnavailable: 1 }));
    const began = world.clock.now();
    const done = await world.drain(two);
    expect(done.end.reason).toBe('drained');
    expect((world.clock.now() - began) / 1000).toBeGreaterThan(550);
    expect((world.clock.now() - began) / 1000).toBeLessThan(700);
  });

  it.each([
    ['the answer to a forced delete is lost after its effect', { reset: 'after' } as const],
    ['the answer to a forced delete is a 500 after its effect', undefined],
  ])('%s: the delete is told all the same', async (_title, effect) => {
    const world = createWorld({ policy: { deadlineSeconds: 200 } });
    await world.fill(
      deployment('web', 1, { annotations: { 'sandbox/stop-after': '10s' } }),
      budget('web', { maxUnavailable: 0 }),
    );
    if (effect) world.cluster.faults.add({ match: /DELETE .*pods/, times: 1, effect });
    else {
      const { deletePod } = world.port;
      world.port.deletePod = async (...call) => {
        await deletePod(...call);
        return {
          ok: false,
          failure: {
            code: 500,
            reason: undefined,
            message: 'oops',
            causes: [],
            detailsKind: undefined,
            retryAfterSeconds: undefined,
          },
        };
      };
    }
    const done = await world.drain(world.terminate());
    expect(done.end).toMatchObject({ reason: 'drained-forced', alarm: true });
  });

  it('a tick that is killed while its forced delete takes effect: mark, report and Event tell of it', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 200 } });
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const { deletePod } = world.port;
    world.port.deletePod = async (...call) => {
      world.port.deletePod = deletePod;
      await deletePod(...call);
      throw new Error('killed');
    };
    const action = world.terminate();
    let input: TickInput = { action, state: null, execution: 'one' };
    for (let tick = 0; tick < 50; tick += 1) {
      const output = await world.tickOnce(input).catch(() => undefined);
      if (!output) break;
      if (output.status === 'done') throw new Error('not killed');
      input = { ...input, state: output.state };
      await world.clock.advance(output.waitSeconds * 1000);
    }
    world.reports.clear(); // and the report is lost, too
    const done = await world.drain(action);
    expect(done.end).toMatchObject({ reason: 'drained-forced', alarm: true });
    expect(done.end.text).toContain('default/web-');
    const events = world.cluster.list('events').map((event) => (event as unknown as { reason: string }).reason);
    expect(events).toContain('ForceDeleted');
  });

  it('a delete that never took is not told, and nobody waits for its turn', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 240 }, heartbeatSeconds: 60 });
    await world.fill(deployment('web', 2), budget('web', { maxUnavailable: 0 }));
    world.cluster.webhooks.push({
      name: 'keep.example.com',
      failurePolicy: 'Fail',
      match: ({ resource, operation }) => resource === 'pods' && operation === 'DELETE',
      answer: () => ({ deny: 'never' }),
    });
    const done = await world.drain(world.terminate());
    expect(done.end).toMatchObject({ reason: 'deadline', completion: 'CONTINUE' });
    expect(world.report().pods.filter(({ forcedAt }) => forcedAt)).toEqual([]);
    expect(world.what()).not.toContain('forced');
    expect(world.seconds()).toBeLessThan(300);
  });

  it('the loss of its state after the end had moved: the next tick knows the moved end', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 200 } });
    const slow = { annotations: { 'sandbox/ready-after': '100s' } };
    await world.fill(deployment('quorum', 2, slow), budget('quorum', { minAvailable: 2 }));
    await world.clock.advance(120_000);
    const action = world.terminate();
    const input: TickInput = { action, state: null, execution: 'one' };
    let output = await world.tickOnce(input, 160);
    for (let tick = 0; tick < 3 && output.status === 'again'; tick += 1) {
      await world.clock.advance(output.waitSeconds * 1000);
      output = await world.tickOnce(input, 30);
    }
    const done = output.status === 'done' ? output : await world.drain(action);
    expect(done.end.reason).toBe('drained-forced');
    expect(world.report().pods.filter(({ forcedAt }) => forcedAt)).toHaveLength(2);
  });

  it('someone who uncordons the node: it is cordoned again, and who came meanwhile is evicted', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 2, { annotations: { 'sandbox/stop-after': '25s' } }));
    world.at(11, () => {
      const node = world.node();
      if (node) world.cluster.apply({ ...node, spec: { ...node.spec, unschedulable: false, taints: [] } });
    });
    world.at(11, () => world.cluster.apply(pinned('late')));
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(world.pod('late')?.evictedAt).toBeDefined();
    expect(world.node()?.spec.unschedulable).toBe(true);
  });

  it('a wish to stop, and a sooner deadline, while a tick works', async () => {
    for (const [key, value, reason] of [
      ['eks-node-lifecycle.io/stop', () => 'complete', 'aborted'],
      ['eks-node-lifecycle.io/deadline', (now: number) => new Date(now + 60_000).toISOString(), 'drained-forced'],
    ] as const) {
      const world = createWorld();
      await world.fill(
        deployment('web', 1),
        deployment('slow', 1, { annotations: { 'sandbox/stop-after': '29s' } }),
        budget('web', { maxUnavailable: 0 }),
      );
      world.at(8, () => {
        const node = world.node();
        if (node)
          world.cluster.apply({
            ...node,
            metadata: {
              ...node.metadata,
              annotations: { ...node.metadata.annotations, [key]: value(world.clock.now()) },
            },
          });
      });
      const began = world.clock.now();
      const done = await world.drain(world.terminate());
      expect(done.end.reason).toBe(reason);
      expect((world.clock.now() - began) / 1000).toBeLessThan(75);
    }
  });

  it('a cluster that does not let us list budgets: pods go, and none that a budget holds is deleted', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 200 } });
    await world.fill(deployment('web', 1), deployment('api', 1), budget('web', { maxUnavailable: 0 }));
    const answer = {
      status: 403,
      body: { kind: 'Status', reason: 'Forbidden', code: 403, message: 'poddisruptionbudgets is forbidden' },
    };
    world.cluster.faults.add({ match: /GET .*poddisruptionbudgets/, effect: { answer } });
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('deadline');
    expect(world.pod('api')?.goneAt).toBeDefined();
    expect(world.pod('web')).toMatchObject({
      causes: expect.arrayContaining([expect.objectContaining({ code: 'refused' })]),
    });
  });

  it('an error that nobody foresaw in a watch: the tick fails, nothing is left behind, the next goes on', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1, { annotations: { 'sandbox/stop-after': '20s' } }));
    const { watchPods } = world.port;
    world.port.watchPods = async function* (_node, _version, signal) {
      world.port.watchPods = watchPods;
      await world.clock.sleep(5_000, signal);
      yield* [];
      throw new TypeError('a bug');
    };
    const action = world.terminate();
    await expect(world.tickOnce({ action, state: null, execution: 'one' })).rejects.toMatchObject({
      cause: { message: 'a bug' },
    });
    expect((await world.drain(action)).end.reason).toBe('drained');
  });

  it('marks that cannot be taken back: it gives up after a while, says how to help, and alarms', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const action = world.terminate();
    world.at(60, () => {
      world.scaling.addInstance(groupName, instanceId);
      const body = { kind: 'Status', reason: 'Forbidden', code: 403, message: 'no' };
      world.cluster.faults.add({ match: /PATCH .*nodes/, effect: { answer: { status: 403, body } } });
    });
    const done = await world.drain(action);
    expect(done.end).toMatchObject({ reason: 'aborted', code: 'marks-left', completion: null, alarm: true });
    expect(done.end.text).toContain(`kubectl uncordon ${nodeName}`);
  });
});

function pinned(name: string) {
  return deployment(name, 1, { spec: { nodeSelector: { 'kubernetes.io/hostname': nodeName } } });
}
