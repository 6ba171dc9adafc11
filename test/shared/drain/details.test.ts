import { describe, expect, it } from 'vitest';
import type { TickInput } from '../../../shared/lifecycle/tick.ts';
import { budget, createWorld, deployment, groupName, instanceId, nodeName, type World } from './drain-world.ts';

const status = (code: number, message = 'no') => ({
  answer: { status: code, body: { kind: 'Status', code, message } },
});

function silence(world: World, seconds: number): void {
  const node = world.node();
  const lastTransitionTime = new Date(world.clock.now() - seconds * 1000).toISOString();
  if (node)
    world.cluster.apply({
      ...node,
      status: { conditions: [{ type: 'Ready', status: 'Unknown', lastTransitionTime }] },
    });
}

describe('a tick', () => {
  it.each([
    [401, 'not-mapped'],
    [503, 'cluster-unreachable'],
    [429, 'cluster-unreachable'],
    [422, 'mark-refused'],
  ])('whose mark is answered %i is in trouble of the kind %s', async (code, kind) => {
    const world = createWorld();
    world.cluster.faults.add({ match: /PATCH .*nodes/, effect: status(code) });
    const output = await world.tickOnce({ action: world.terminate(), state: null, execution: 'one' });
    expect(output).toMatchObject({ status: 'again', state: { troubleKind: kind, marked: false } });
  });

  it('that meets a concurrent change of the node reads it again and marks what is there now', async () => {
    const world = createWorld();
    world.cluster.faults.add({ match: /PATCH .*nodes/, times: 3, effect: status(409) });
    const done = await world.drain(world.terminate());
    expect(done).toMatchObject({ end: { reason: 'drained' }, ticks: 1 });
  });

  it('finds its Node in the list once, and by name from then on', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    let lists = 0;
    const { findNodes } = world.port;
    world.port.findNodes = (...call) => {
      lists += 1;
      return findNodes(...call);
    };
    world.at(200, () => world.cluster.apply(budget('web', { maxUnavailable: 1 })));
    const done = await world.drain(world.terminate());
    expect(done.ticks).toBeGreaterThan(3);
    expect(lists).toBe(1);
    expect(world.what().filter((what) => what === 'resolved')).toHaveLength(1);
  });

  it('of two Nodes with one provider ID takes the one that is Ready', async () => {
    const world = createWorld();
    const node = world.node();
    if (!node) throw new Error('no node');
    const stale = {
      ...node,
      metadata: { name: 'a-stale-node' },
      status: { conditions: [{ type: 'Ready', status: 'Unknown' }] },
    };
    world.cluster.apply(stale as never);
    await world.drain(world.terminate());
    expect(world.report().node).toBe(nodeName);
  });

  it('waits for no pod and no volume of an instance that EC2 says is not running', async () => {
    const world = createWorld();
    const attachment = {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttachment',
      metadata: { name: 'va', annotations: { 'sandbox/detach-after': 'never' } },
      spec: { attacher: 'ebs.csi.aws.com', nodeName, source: { persistentVolumeName: 'pv' } },
    };
    await world.fill(deployment('web', 1), attachment);
    silence(world, 30);
    world.ports.compute.instanceState = async () => 'stopped';
    const began = world.clock.now();
    const done = await world.drain(world.terminate());
    expect(done.end).toMatchObject({ reason: 'drained', text: expect.stringContaining('not waited for any longer') });
    expect((world.clock.now() - began) / 1000).toBeLessThan(15);
  });

  it('asks EC2 only when the kubelet is silent, and goes on when EC2 does not answer', async () => {
    const world = createWorld();
    let asked = 0;
    world.ports.compute.instanceState = async () => {
      asked += 1;
      throw new Error('RequestLimitExceeded');
    };
    await world.fill(deployment('web', 1));
    await world.tickOnce({ action: world.terminate(), state: null, execution: 'one' });
    expect(asked).toBe(0);
    const other = createWorld();
    other.ports.compute.instanceState = world.ports.compute.instanceState;
    silence(other, 30);
    expect((await other.drain(other.terminate())).end.reason).toBe('drained');
    expect(asked).toBeGreaterThan(0);
  });

  it('that ends before the cordon has settled hands over, and nothing is evicted before it has', async () => {
    const world = createWorld({ policy: { settleSeconds: 60 } });
    await world.fill(deployment('web', 1));
    const began = world.clock.now();
    const input: TickInput = { action: world.terminate(), state: null, execution: 'one' };
    expect(await world.tickOnce(input, 20)).toMatchObject({ status: 'again', summary: { phase: 'marking' } });
    await world.drain(input.action);
    expect(Date.parse(world.pod('web')?.evictedAt ?? '') - began).toBeGreaterThanOrEqual(60_000);
  });

  it('stops evicting when Auto Scaling no longer knows its action', async () => {
    const world = createWorld({ heartbeatSeconds: 30 });
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    world.ports.autoScaling.recordHeartbeat = async () => 'no-active-action';
    const output = await world.tickOnce({ action: world.terminate(), state: null, execution: 'one' });
    expect(output).toMatchObject({ status: 'again', waitSeconds: 5, state: { noActionSince: expect.any(Number) } });
    expect(world.what()).toContain('hook-lost');
  });

  it('after 2,000 of them goes on under the next name with its count at nought', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const first = await world.tickOnce({ action: world.terminate(), state: null, execution: 'one' });
    if (first.status !== 'again') throw new Error('again expected');
    expect(first).toMatchObject({ continueAs: null, state: { ticks: 1 } });
    const state = { ...first.state, ticks: 1999 };
    const last = await world.tickOnce({ action: first.action, state, execution: 'one' });
    expect(last).toMatchObject({ continueAs: 'one-c2', state: { ticks: 0 } });
  });

  it('tells in its report what it did, step by step', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 200 } });
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    await world.drain(world.terminate());
    expect(world.what()).toEqual([
      'resolved',
      'marked',
      'refused',
      'forced',
      'empty',
      'gone',
      'completing',
      'completed',
      'ended',
    ]);
  });

  it('leaves the marks of others when the instance comes back, and tells that its own are gone', async () => {
    const world = createWorld();
    const node = world.node();
    if (node) world.cluster.apply({ ...node, spec: { ...node.spec, unschedulable: true } });
    await world.fill(
      deployment('web', 1, { spec: { tolerations: [{ operator: 'Exists' }] } }),
      budget('web', { maxUnavailable: 0 }),
    );
    world.at(60, () => world.scaling.addInstance(groupName, instanceId));
    await world.drain(world.terminate());
    expect(world.what()).toContain('undone');
    expect(world.node()?.spec.unschedulable).toBe(true);
    expect(world.node()?.metadata.labels).not.toHaveProperty('node.kubernetes.io/exclude-from-external-load-balancers');
  });

  it('a pod that its controller binds to the node by name is evicted once, then bounces', async () => {
    const world = createWorld();
    await world.fill(deployment('named', 1, { spec: { nodeName } }));
    const done = await world.drain(world.terminate());
    expect(done.end.text).toContain('came back after their eviction: default/named-');
    expect(world.report().pods.filter(({ evictedAt }) => evictedAt)).toHaveLength(1);
  });

  it('counts a missing right, and nothing else, as one', async () => {
    const missing = (world: World) => world.metrics.some(({ name }) => name === 'RightsMissing');
    const held = createWorld();
    await held.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    await held.tickOnce({ action: held.terminate(), state: null, execution: 'one' });
    expect(missing(held)).toBe(false);
    const world = createWorld();
    await world.fill(deployment('web', 1));
    world.cluster.faults.add({ match: /eviction/, effect: status(403) });
    const answer = { status: 201, body: { status: { allowed: false } } };
    world.cluster.faults.add({ match: /selfsubjectaccessreviews/, effect: { answer } });
    await world.tickOnce({ action: world.terminate(), state: null, execution: 'one' });
    expect(missing(world)).toBe(true);
  });
});
