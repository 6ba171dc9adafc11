import { describe, expect, it } from 'vitest';
import type { Place } from '../../../shared/lifecycle/action.ts';
import {
  deadlineAnnotation,
  drainAnnotation,
  excludeLabel,
  type Mark,
  stopAnnotation,
} from '../../../shared/lifecycle/mark.ts';
import { createWorld, instanceId, node, nodeName, start, startUpTaint } from './launch-world.ts';

const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();

function aMark(mark: Partial<Mark> = {}): Mark {
  const times = { startedAt: at(-3600), deadlineAt: at(-60), endsAt: at(-60), markedAt: at(-3600), seenAt: at(-3000) };
  const base = {
    version: 1,
    drain: `${instanceId}-old`,
    execution: 'old',
    ours: { label: true, cordon: true },
  } as const;
  return { ...base, ...times, ended: 'drained', ...mark };
}

/** As the drain of a return leaves it. */
const drained = (mark: Partial<Mark> = {}) =>
  node({
    labels: { [excludeLabel]: 'true' },
    annotations: {
      [drainAnnotation]: JSON.stringify(aMark(mark)),
      [stopAnnotation]: 'wait',
      [deadlineAnnotation]: at(-100),
    },
    spec: { unschedulable: true, taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }] },
  });

async function fromPool(world: ReturnType<typeof createWorld>) {
  world.launch('WarmPool');
  world.scaling.completeAction({ groupName: 'example-asg', hookName: 'launch-hook', instanceId }, 'CONTINUE');
  await world.clock.advance(60_000);
  return world.launch();
}

describe('into a warm pool', () => {
  it('an instance goes without a Node, at once', async () => {
    const world = createWorld();
    const done = await world.run(world.launch('WarmPool'));
    expect(done).toMatchObject({ ticks: 1, end: { reason: 'to-warm-pool', completion: 'CONTINUE', alarm: false } });
    expect(world.seconds()).toBe(0);
    expect(world.scaling.instance(instanceId)?.lifecycleState).toBe('Warmed:Pending:Proceed');
  });

  it('it joins first where the policy says so, and keeps the start-up taint until it comes out', async () => {
    const tags = { 'k8s.io/cluster-autoscaler/node-template/label/pool': 'web' };
    const world = createWorld({ tags, policy: { joinBeforeWarmPool: true } });
    const action = world.launch('WarmPool');
    world.at(30, () => world.cluster.apply(node()));
    const done = await world.run(action);
    expect(done.end).toMatchObject({ reason: 'to-warm-pool', completion: 'CONTINUE' });
    expect(world.seconds()).toBeGreaterThanOrEqual(30);
    expect(world.node()?.metadata.labels).toMatchObject({ pool: 'web' });
    expect(world.node()?.spec.taints).toEqual([startUpTaint]);

    await world.clock.advance(60_000);
    expect((await world.run(world.launch())).end.reason).toBe('ready');
    expect(world.node()?.spec.taints).toEqual([]);
  });

  it.each(['Warmed:Stopped', 'Warmed:Running', 'Warmed:Hibernated'])('and is there when it is %s', async (state) => {
    const world = createWorld();
    const action = world.launch('WarmPool');
    world.ports.autoScaling.describeInstance = async () => ({ groupName: 'example-asg', lifecycleState: state });
    expect((await world.run(action)).end).toMatchObject({ reason: 'already-resolved', completion: null });
  });

  it('also when an older message does not say where it goes', async () => {
    const world = createWorld();
    const { origin: _, destination: __, ...action } = world.launch('WarmPool');
    expect((await world.run(action)).end.reason).toBe('to-warm-pool');
  });
});

describe('out of a warm pool', () => {
  it.each([
    ['that ended', {}],
    ['that died', { ended: undefined as unknown as string, seenAt: at(-700) }],
  ])('cordon, label and annotations of a return go %s', async (_, mark) => {
    const world = createWorld();
    const action = await fromPool(world);
    expect(action).toMatchObject({ origin: 'WarmPool', destination: 'AutoScalingGroup' });
    world.cluster.apply(drained(mark));
    expect((await world.run(action)).end).toMatchObject({ reason: 'ready', completion: 'CONTINUE' });
    await world.clock.advance(5_000);
    const { metadata, spec } = world.node() ?? { metadata: {}, spec: {} };
    expect(spec).toEqual({ providerID: expect.any(String) });
    expect(Object.keys({ ...metadata.labels, ...metadata.annotations })).toEqual([
      'kubernetes.io/hostname',
      'sandbox/ready-after',
    ]);
  });

  it("what was not the drain's stays", async () => {
    const world = createWorld();
    const action = await fromPool(world);
    world.cluster.apply(drained({ ours: { label: false, cordon: false } }));
    await world.run(action);
    expect(world.node()?.spec.unschedulable).toBe(true);
    expect(world.node()?.metadata.labels).toHaveProperty([excludeLabel]);
    expect(world.node()?.metadata.annotations).not.toHaveProperty([drainAnnotation]);
  });

  it('the marks of a drain that is alive are waited for', async () => {
    const world = createWorld();
    const action = await fromPool(world);
    const { ended: _, ...alive } = aMark({ seenAt: at(60) });
    world.cluster.apply(drained());
    const annotations = { [drainAnnotation]: JSON.stringify(alive) };
    world.cluster.apply(node({ annotations, spec: { unschedulable: true } }));
    world.at(100, () => world.cluster.apply(drained()));
    expect((await world.run(action)).end.reason).toBe('ready');
    expect(world.seconds()).toBeGreaterThan(155);
    expect(world.node()?.spec.unschedulable).toBeUndefined();
  });

  it('to the deadline, then it is let through with an alarm: another instance would fare no better', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 300 } });
    const action = await fromPool(world);
    const { ended: _, ...alive } = aMark({ seenAt: at(240) });
    world.cluster.apply(
      node({ annotations: { [drainAnnotation]: JSON.stringify(alive) }, spec: { unschedulable: true } }),
    );
    const { end } = await world.run(action);
    expect(end).toMatchObject({
      reason: 'never-ready-kept',
      code: 'marked-by-other',
      completion: 'CONTINUE',
      alarm: true,
    });
    expect(end.text).toContain(`${nodeName} is still being drained`);
    expect(world.node()?.spec.unschedulable).toBe(true);
  });
});

describe('straight into the group', () => {
  it('the marks of a drain that began with the launch stay', async () => {
    const world = createWorld();
    const action = world.launch();
    world.cluster.apply(drained({ startedAt: at(1), ended: 'drained' }));
    const { end } = await world.run(action);
    expect(end).toMatchObject({ reason: 'ready', text: expect.stringContaining('a drain that came later stay') });
    expect(world.node()?.spec.unschedulable).toBe(true);
  });

  it.each<[Place | undefined, boolean | undefined]>([
    ['EC2', true],
    [undefined, undefined],
  ])('old marks of an instance from %s: cordoned %s', async (origin, cordoned) => {
    const world = createWorld();
    const { origin: _, ...action } = world.launch();
    world.cluster.apply(drained());
    await world.run(origin === undefined ? action : { ...action, origin });
    expect(world.node()?.spec.unschedulable).toBe(cordoned);
  });
});
