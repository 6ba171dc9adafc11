import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../sandbox/cluster/objects.ts';
import { terminateTick } from '../../../shared/drain/terminate-tick.ts';
import type { TickInput } from '../../../shared/lifecycle/tick.ts';
import { budget, createWorld, deployment, groupName, instanceId, nodeName, type World } from './drain-world.ts';
import { noAnswer } from './no-answer.ts';

// What the runs with random faults (test/faults) had found, one by one.

const { signal } = new AbortController();
const slowStop = (seconds: number) => ({ annotations: { 'sandbox/stop-after': `${seconds}s` } });

function daemonSet(name: string): Manifest {
  const selector = { matchLabels: { app: name } };
  const template = { metadata: { labels: { app: name }, ...slowStop(20) }, spec: {} };
  return { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name }, spec: { selector, template } };
}

/** Bound past the scheduler: its controller puts it back at once, cordon or not. */
const bound = (name: string, annotations: Record<string, string> = {}) =>
  deployment(name, 1, { annotations, spec: { nodeName } });

function uncordon(world: World): void {
  const node = world.node();
  if (node) world.cluster.apply({ ...node, spec: { ...node.spec, unschedulable: false, taints: [] } });
}

function expectAsFound(world: World): void {
  expect(world.node()?.spec.unschedulable).toBeFalsy();
  expect(world.node()?.metadata.labels).toEqual({ 'kubernetes.io/hostname': nodeName });
  expect(world.node()?.metadata.annotations ?? {}).toEqual({});
}

describe('an instance that is in service again', () => {
  it('when a tick had just emptied its node: nothing is completed and the marks are taken back', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1, slowStop(10)));
    const action = world.terminate();
    world.at(8, () => world.scaling.addInstance(groupName, instanceId));
    expect((await world.drain(action)).end).toMatchObject({ reason: 'aborted', code: 'returned' });
    expectAsFound(world);
  });

  it('is left as it was found, although someone had asked to stop and to leave the hook to its timeout', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1, slowStop(20)));
    const action = world.terminate();
    world.at(8, () => {
      world.scaling.addInstance(groupName, instanceId);
      const node = world.node();
      const stop = { 'eks-node-lifecycle.io/stop': 'wait' };
      if (node)
        world.cluster.apply({
          ...node,
          metadata: { ...node.metadata, annotations: { ...node.metadata.annotations, ...stop } },
        });
    });
    expect((await world.drain(action)).end).toMatchObject({ reason: 'aborted', code: 'returned' });
    expectAsFound(world);
  });

  it.each([
    ['worked meanwhile', 4],
    ['stood still before it marked the node', 100],
  ])('a second tick of the drain that %s does not close the node again', async (_title, stillSeconds) => {
    const world = createWorld();
    await world.fill(daemonSet('one'));
    const action = world.terminate();
    const input: TickInput = { action, state: null, execution: 'one' };
    const slow = { ...world.port };
    slow.findNodes = async (...call) => {
      await world.clock.sleep(stillSeconds * 1000, signal);
      return world.port.findNodes(...call);
    };
    const ports = {
      ...world.ports,
      clusters: { open: async () => ({ found: 'cluster', name: 'demo', cluster: slow }) },
    };
    const limit = { endsAt: world.clock.now() + 180_000, signal };
    const second = terminateTick(input, world.settings, ports as World['ports'], limit);
    world.at(2, () => world.scaling.addInstance(groupName, instanceId));
    await world.drain(action);
    await world.clock.runUntil(second);
    expectAsFound(world);
  });

  it.each([undefined, 504])(
    'is left as it was found by a mark that takes effect long after its answer (%s)',
    async (code) => {
      const world = createWorld();
      const { patchNode } = world.port;
      world.port.patchNode = async (...call) => {
        world.port.patchNode = patchNode;
        world.at(60, () => void patchNode(...call));
        await world.clock.sleep(15_000, signal);
        return { ok: false, failure: { ...noAnswer, code } };
      };
      const action = world.terminate();
      world.at(5, () => world.scaling.addInstance(groupName, instanceId));
      await world.drain(action);
      await world.clock.advance(120_000);
      expectAsFound(world);
    },
  );

  it('after its only tick was killed and the report lost: the mark on its node is enough to undo it', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const action = world.terminate();
    await world.tickOnce({ action, state: null, execution: 'one' });
    world.reports.clear();
    world.scaling.addInstance(groupName, instanceId);
    expect((await world.drain(action)).end).toMatchObject({ reason: 'aborted', code: 'returned' });
    expectAsFound(world);
  });
});

describe('pods that come back', () => {
  it('are evicted once past their force moment although they ask for time, not for ever', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 200 } });
    await world.fill(bound('job', { 'eks-node-lifecycle.io/drain': 'wait' }));
    const done = await world.drain(world.terminate());
    expect(done.end.text).toContain('came back after their eviction');
    expect(world.report().pods.filter(({ evictedAt }) => evictedAt)).toHaveLength(1);
  });

  it('to a node that someone had uncordoned are left alone until it has settled again', async () => {
    const world = createWorld();
    await world.fill(bound('back'), deployment('web', 1, slowStop(25)));
    world.at(6, () => uncordon(world));
    await world.drain(world.terminate());
    expect(world.report().pods.filter(({ evictedAt }) => evictedAt).length).toBeLessThanOrEqual(3);
  });

  it('are not those that came before a cordon that took effect late', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    const { patchNode } = world.port;
    world.port.patchNode = async (...call) => {
      world.port.patchNode = patchNode;
      world.at(10, () => void patchNode(...call));
      await world.clock.sleep(9_000, signal);
      return { ok: false, failure: noAnswer };
    };
    const tolerations = [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists' }];
    const early = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'early', namespace: 'default' },
      spec: { nodeName },
    };
    world.at(8, () => world.cluster.apply({ ...early, spec: { nodeName, tolerations } }));
    await world.drain(world.terminate());
    expect(world.pod('early')?.evictedAt).toBeDefined();
  });
});

describe('a DaemonSet', () => {
  it('that is gone leaves a pod that is waited for, although it asked to be skipped', async () => {
    const world = createWorld();
    const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'gone', uid: 'gone', controller: true };
    const annotations = { 'eks-node-lifecycle.io/drain': 'skip', 'sandbox/stop-after': '20s' };
    await world.fill({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'orphan', namespace: 'default', annotations, ownerReferences: [owner] },
      spec: { nodeName },
    });
    const { completeAction } = world.ports.autoScaling;
    let left = -1;
    world.ports.autoScaling.completeAction = async (...call) => {
      left = world.pods().length;
      return completeAction(...call);
    };
    await world.drain(world.terminate());
    expect(left).toBe(0);
  });

  it('that goes last keeps to the limit of evictions in flight, and whoever comes meanwhile is evicted, too', async () => {
    const world = createWorld({ policy: { daemonSets: 'evict-last', maxInFlight: 1 } });
    await world.fill(daemonSet('one'), daemonSet('two'));
    let inFlight = 0;
    let most = 0;
    const { evictPod } = world.port;
    world.port.evictPod = async (...call) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await world.clock.sleep(100, signal);
      inFlight -= 1;
      return evictPod(...call);
    };
    const late = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'late', namespace: 'default' },
      spec: { nodeName },
    };
    world.at(9, () => world.cluster.apply(late));
    await world.drain(world.terminate());
    expect(most).toBe(1);
    expect(world.pod('late')?.evictedAt).toBeDefined();
  });
});
