import { describe, expect, it } from 'vitest';
import { budget, createWorld, deployment, groupName, instanceId, nodeName } from './drain-world.ts';

const unauthorized = { kind: 'Status', status: 'Failure', reason: 'Unauthorized', code: 401, message: 'Unauthorized' };
const forbidden = { kind: 'Status', status: 'Failure', reason: 'Forbidden', code: 403, message: 'nodes is forbidden' };

describe('ends of a drain', () => {
  it('no Node twice: CONTINUE, no-node, and no cluster write', async () => {
    const world = createWorld({ loseNode: true });
    const done = await world.drain(world.terminate());
    expect(done).toMatchObject({ end: { reason: 'no-node', completion: 'CONTINUE' }, ticks: 2 });
    expect(world.completions).toHaveLength(1);
    expect(world.cluster.list('events')).toEqual([]);
  });

  it('cluster deleted: CONTINUE at once, cluster-gone', async () => {
    const world = createWorld();
    world.ports.clusters = { open: async () => ({ found: 'gone' }) };
    const done = await world.drain(world.terminate());
    expect(done).toMatchObject({ end: { reason: 'cluster-gone', completion: 'CONTINUE' }, ticks: 1 });
  });

  it.each([
    ['cluster-unreachable', /nodes/, { reset: 'before' } as const, 'looking for the Node'],
    ['not-mapped', /nodes/, { answer: { status: 401, body: unauthorized } }, 'HTTP 401 Unauthorized'],
    ['mark-refused', /PATCH .*nodes/, { answer: { status: 403, body: forbidden } }, 'marking'],
  ])('%s for 15 minutes: CONTINUE with the last error, and an alarm', async (reason, match, effect, text) => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    const began = world.clock.now();
    world.cluster.faults.add({ match, effect });

    const done = await world.drain(world.terminate());

    expect(done.end).toMatchObject({ reason, completion: 'CONTINUE', alarm: true });
    expect(done.end.text).toContain(text);
    const seconds = ((world.completions[0]?.at ?? 0) - began) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(900);
    expect(seconds).toBeLessThan(1030);
    expect(world.pods()).toHaveLength(1);
  });

  it('the mark refused stops the drain before any eviction, and a mark that goes through later drains', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1));
    const stop = world.cluster.faults.add({
      match: /PATCH .*nodes/,
      effect: { answer: { status: 403, body: forbidden } },
    });
    world.at(120, stop);
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(world.report().timeline.map(({ what }) => what)).toContain('mark-refused');
    expect(Date.parse(world.pod('web')?.evictedAt ?? '')).toBeGreaterThan(
      Date.parse(world.report().startedAt) + 120_000,
    );
  });

  it('volumes not clear after 10 minutes: CONTINUE, drained-not-detached + which (T116)', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), attachment('pv-1', nodeName));
    const done = await world.drain(world.terminate());
    expect(done.end).toMatchObject({ reason: 'drained-not-detached', completion: 'CONTINUE', alarm: true });
    expect(done.end.text).toContain('volume pv-1');
    expect(world.seconds()).toBeGreaterThan(600);
    expect(world.seconds()).toBeLessThan(660);
  });

  it('deadline with pods left, onDeadline continue: CONTINUE, deadline + which', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 200, onDeadline: 'continue' } });
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const done = await world.drain(world.terminate());
    expect(done.end).toMatchObject({ reason: 'deadline', completion: 'CONTINUE' });
    expect(done.end.text).toMatch(/default\/web-\S+: The disruption budget web needs 1/);
    expect(world.pods()).toHaveLength(1);
  });

  it('deadline with onDeadline abandon: ABANDON', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 200, onDeadline: 'abandon' } });
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const done = await world.drain(world.terminate());
    expect(done.end).toMatchObject({ reason: 'deadline', completion: 'ABANDON' });
    expect(world.completions).toMatchObject([{ result: 'ABANDON', answer: 'accepted' }]);
  });

  it('the hook is already resolved: none', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const action = world.terminate();
    world.at(60, () => world.scaling.completeAction(action, 'CONTINUE'));
    const done = await world.drain(action);
    expect(done.end).toMatchObject({ reason: 'already-resolved', completion: null });
    expect(world.completions).toEqual([]);
  });

  it('stopped while the instance is in Terminating:Wait: evictions stop, the node stays cordoned, the operator chooses', async () => {
    for (const [choice, completion] of [
      ['complete', 'CONTINUE'],
      ['wait', null],
    ] as const) {
      const world = createWorld();
      await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
      const annotated = () => {
        const node = world.node();
        if (node)
          world.cluster.apply({
            ...node,
            metadata: {
              ...node.metadata,
              annotations: { ...node.metadata.annotations, 'eks-node-lifecycle.io/stop': choice },
            },
          });
      };
      world.at(60, annotated);
      const done = await world.drain(world.terminate());
      expect(done.end).toMatchObject({ reason: 'aborted', completion });
      expect(world.node()?.spec.unschedulable).toBe(true);
      expect(world.pods()).toHaveLength(1);
    }
  });

  it('the instance is in service again: none, and exactly our marks are undone (T118)', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const before = world.node();
    const action = world.terminate();
    world.at(60, () => world.scaling.addInstance(groupName, instanceId));
    const done = await world.drain(action);
    expect(done.end).toMatchObject({ reason: 'aborted', completion: null });
    expect(world.node()?.spec.unschedulable).toBeFalsy();
    expect(world.node()?.metadata.labels).toEqual(before?.metadata.labels);
    expect(world.node()?.metadata.annotations ?? {}).toEqual({});
  });
});

function attachment(volume: string, node: string) {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttachment',
    metadata: { name: `va-${volume}`, annotations: { 'sandbox/detach-after': 'never' } },
    spec: { attacher: 'ebs.csi.aws.com', nodeName: node, source: { persistentVolumeName: volume } },
    status: { attached: true },
  };
}
