import { describe, expect, it } from 'vitest';
import { drainAnnotation, excludeLabel, markPatch, readMark, stopAnnotation } from '../../../shared/lifecycle/mark.ts';
import { budget, createWorld, deployment, instanceId, node, nodeName } from './drain-world.ts';

const other = 'ip-10-0-2-20.ec2.internal';
const emptyDir = {
  spec: { volumes: [{ name: 'cache', emptyDir: {} }], containers: [{ name: 'main', image: 'demo' }] },
};

describe('a drain that somebody asked for', () => {
  it('goes as any other and completes nothing: the node stays cordoned', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 2));
    const done = await world.drain(world.manual());
    expect(done.end).toMatchObject({ reason: 'drained', completion: null });
    expect(world.pods()).toEqual([]);
    expect(world.completions).toEqual([]);
    expect(world.node()?.spec.unschedulable).toBe(true);
    expect(world.mark()).toMatchObject({ drain: `${instanceId}-manual-req-1`, ended: 'drained' });
    expect(world.report()).toMatchObject({ action: { kind: 'manual', requestedBy: 'ana' }, cluster: 'demo' });
  });

  it('refuses what kubectl would refuse, and takes the leave that is given', async () => {
    const refused = createWorld();
    await refused.fill(deployment('web', 1, emptyDir));
    const no = await refused.drain(refused.manual());
    expect(no.end).toMatchObject({ reason: 'aborted', code: 'blocked' });
    expect(refused.node()?.spec.unschedulable).toBeUndefined();

    const allowed = createWorld();
    await allowed.fill(deployment('web', 1, emptyDir));
    expect((await allowed.drain(allowed.manual({ deleteEmptyDirData: true }))).end.reason).toBe('drained');
  });

  it('stops at its timeout, bypasses no budget and leaves the node cordoned', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const done = await world.drain(world.manual({ timeoutSeconds: 120 }));
    expect(done.end).toMatchObject({ reason: 'deadline', completion: null });
    expect(world.seconds()).toBeGreaterThanOrEqual(120);
    expect(world.pods()).toHaveLength(1);
    expect(world.pod('web')?.forcedAt).toBeUndefined();
    expect(world.node()?.spec.unschedulable).toBe(true);
  });

  it('forces at its timeout only when that was asked for', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const done = await world.drain(world.manual({ timeoutSeconds: 120, onDeadline: 'force' }));
    expect(done.end).toMatchObject({ reason: 'drained-forced' });
  });

  it('asks no budget with evictions disabled: it deletes, with the UID that was meant', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 2), budget('web', { maxUnavailable: 0 }));
    const done = await world.drain(world.manual({ disableEviction: true }));
    expect(done.end.reason).toBe('drained');
    expect(world.pods()).toEqual([]);
    expect(world.seconds()).toBeLessThan(90);
  });

  it.each([
    [3, 3],
    [120, 120],
    [0, 1],
  ])('gives every pod %i s when asked to, whatever it says of itself (%i s are sent)', async (asked, sent) => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    const graces: (number | undefined)[] = [];
    const { evictPod } = world.port;
    world.port.evictPod = (pod, options, signal) => {
      graces.push(options.graceSeconds);
      return evictPod(pod, options, signal);
    };
    await world.drain(world.manual({ gracePeriodSeconds: asked }));
    expect(graces).toEqual([sent]);
  });

  it('takes only the pods that were selected, and leaves the others', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), deployment('db', 1, emptyDir));
    const podSelector = { matchLabels: { app: 'web' }, matchExpressions: [] };
    const done = await world.drain(world.manual({ podSelector }));
    expect(done.end.reason).toBe('drained');
    expect(world.pods().map(({ metadata }) => metadata.labels?.app)).toEqual(['db']);
    expect(world.pod('db')).toMatchObject({ verdict: 'stay', code: 'not-selected' });
  });

  it('takes up a cordon that was set ahead of it: its time begins with its first tick, and the cordon is ours', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    const answer = await world.port.getNode(nodeName, new AbortController().signal);
    if (!answer.ok) throw new Error('no node');
    const at = new Date(world.clock.now()).toISOString();
    const times = { startedAt: at, deadlineAt: at, endsAt: at, markedAt: at, seenAt: at };
    const claim = { drain: `${instanceId}-manual-req-1`, execution: 'manual-req-1', ...times, queued: true as const };
    const { patch } = markPatch(answer.value, claim, false);
    await world.port.patchNode(nodeName, patch, new AbortController().signal);
    await world.clock.advance(1000_000);
    const began = world.clock.now();
    const done = await world.drain(world.manual({ timeoutSeconds: 300 }));
    expect(done.end.reason).toBe('drained');
    expect(Date.parse(world.report().startedAt)).toBeGreaterThanOrEqual(began);
    expect(world.mark()).toMatchObject({ ours: { cordon: true, label: true } });
    expect(world.mark()?.queued).toBeUndefined();
    expect(world.node()?.metadata.labels?.[excludeLabel]).toBe('true');
  });

  it('stops when its node is told to, and takes back exactly its marks', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    world.at(40, () => {
      const found = world.node();
      const annotations = { ...found?.metadata.annotations, [stopAnnotation]: 'wait' };
      world.cluster.apply({ ...found, metadata: { ...found?.metadata, annotations } } as never);
    });
    const done = await world.drain(world.manual());
    expect(done.end).toMatchObject({ reason: 'aborted', code: 'no-hook' });
    expect(world.node()?.spec.unschedulable).toBeFalsy();
    expect(world.node()?.metadata.annotations?.[drainAnnotation]).toBeUndefined();
    expect(world.pods()).toHaveLength(1);
  });

  it('yields to the hook of its instance, which goes on with the same node', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const asked = world.follow(world.manual());
    await world.clock.advance(60_000);
    const hook = world.follow(world.terminate());
    await world.clock.advance(60_000);
    expect(readMark(world.node()?.metadata.annotations ?? {})?.drain).toContain(instanceId);
    expect(world.mark()?.yields).toBeUndefined();
    expect((await world.clock.runUntil(asked)).end.reason).toBe('handed-over');
    expect((await world.clock.runUntil(hook)).end.completion).toBe('CONTINUE');
  });

  it('leaves a node alone that bears the name of the one that was meant', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    world.cluster.apply(node(nodeName, 'i-0bbbbbbbbbbbbbbbb'));
    const done = await world.drain(world.manual());
    expect(done.end.reason).toBe('no-node');
    expect(world.pods()).toHaveLength(1);
  });

  it('works where nodes are no EC2 instances', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    const done = await world.drain({ ...world.manual(), instanceId: other, node: other });
    expect(done.end.reason).toBe('drained');
    expect(world.mark()).toBeUndefined();
  });
});
