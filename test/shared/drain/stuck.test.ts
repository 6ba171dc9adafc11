import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../sandbox/cluster/objects.ts';
import { budget, createWorld, deployment, node } from './drain-world.ts';

const reads = (world: ReturnType<typeof createWorld>) => {
  const seen: string[] = [];
  const { port } = world;
  world.ports.clusters = {
    open: async (name) => ({
      found: 'cluster',
      name,
      cluster: {
        ...port,
        listPodsOfNamespace: (namespace, signal) => {
          seen.push(namespace);
          return port.listPodsOfNamespace(namespace, signal);
        },
      },
    }),
  };
  return seen;
};
const other = 'ip-10-0-2-20.ec2.internal';
const small = (pods: number): Manifest => ({
  ...node(other, 'i-0aaaaaaaaaaaaaaaa'),
  status: { conditions: [{ type: 'Ready', status: 'True' }], allocatable: { pods: String(pods) } },
});

describe('a drain that is stuck', () => {
  it('says in its report what holds the pods and what to do, and no more of it when they are gone (T41)', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), deployment('api', 1), budget('web', { maxUnavailable: 0 }));
    const seen = reads(world);
    const first = await world.tickOnce({ action: world.terminate(), state: null, execution: 'x' });
    if (first.status !== 'again') throw new Error('it is over');
    const [stuck, ...others] = world.report().stuck ?? [];
    expect(others).toEqual([]);
    expect(stuck).toMatchObject({ code: 'budget', count: 1, pods: [expect.stringMatching(/^default\/web-/)] });
    expect(stuck?.text).toContain('needs 1 healthy pods and has 1 currently (maxUnavailable 0: it can never allow');
    expect(stuck?.command).toMatch(/^kubectl -n default scale deployment web --replicas=2 && /);
    expect(seen).toEqual(['default']);

    world.cluster.apply(budget('web', { maxUnavailable: 1 }));
    const { action, state } = first;
    const done = await world.tickOnce({ action, state, execution: 'x' });
    expect(done).toMatchObject({ status: 'done', end: { reason: 'drained' } });
    expect(world.report()).not.toHaveProperty('stuck');
  });

  it("quotes the scheduler on a replacement that finds no node, which the drain's own reads do not show", async () => {
    const world = createWorld({ policy: { deadlineSeconds: 300, onDeadline: 'continue' } });
    await world.fill(deployment('web', 2), budget('web', { maxUnavailable: 1 }));
    world.cluster.apply(small(0));
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('deadline');
    expect(world.report().stuck).toEqual([
      {
        code: 'pending-replacement',
        text: expect.stringMatching(
          /^default\/web-\S+ is to take its place and finds no node: 0\/2 nodes are available: 1 Too many pods, 1 node\(s\) were unschedulable\.; meanwhile: The disruption budget web needs 1/,
        ),
        pods: [expect.stringMatching(/^default\/web-/)],
        count: 1,
        command: expect.stringMatching(/^kubectl -n default describe pod web-/),
      },
    ]);
  });

  it('asks for a closer look once a tick, and only when nothing moves', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 30, { spec: { terminationGracePeriodSeconds: 60 } }));
    const seen = reads(world);
    await world.drain(world.terminate());
    expect(seen).toEqual([]);
  });

  it.each([503, 403])('is none the worse when the closer look is answered %i', async (status) => {
    const world = createWorld({ policy: { deadlineSeconds: 300 } });
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const answer = { status, body: { kind: 'Status', code: status, message: 'no' } };
    world.cluster.faults.add({ match: /GET .*namespaces\/default\/pods/, effect: { answer } });
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained-forced');
    expect(world.lines).toContainEqual(
      expect.objectContaining({ level: 'debug', message: 'pods of a namespace not read' }),
    );
  });

  it('does not wait for a closer look that nobody answers', async () => {
    const world = createWorld();
    await world.fill(deployment('web', 1), budget('web', { maxUnavailable: 0 }));
    const began = world.clock.now();
    const { port } = world;
    const cluster = { ...port, listPodsOfNamespace: () => new Promise<never>(() => undefined) };
    world.ports.clusters = { open: async (name) => ({ found: 'cluster', name, cluster }) };
    const output = await world.tickOnce({ action: world.terminate(), state: null, execution: 'x' });
    expect(output.status).toBe('again');
    expect(world.report().stuck?.[0]?.code).toBe('budget');
    expect(world.clock.now() - began).toBeLessThan(45_000);
  });

  it('names finalizers, and shows who set them', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 300, onDeadline: 'continue', stuckSeconds: 600 } });
    await world.fill({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'guard',
        namespace: 'default',
        finalizers: ['example.com/guard'],
        annotations: { 'sandbox/stop-after': '900s' },
      },
      spec: { terminationGracePeriodSeconds: 900, containers: [{ name: 'main', image: 'demo' }] },
    });
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('deadline');
    expect(world.report().stuck).toEqual([
      {
        code: 'terminating',
        text: 'terminating, finalizers example.com/guard',
        pods: ['default/guard'],
        count: 1,
        command: 'kubectl -n default get pod guard -o yaml --show-managed-fields',
      },
    ]);
  });

  it('that is refused names each verdict that blocks it', async () => {
    const world = createWorld({ policy: { mode: 'manual', onDeadline: 'stop' } });
    const naked = (name: string): Manifest => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: { containers: [{ name: 'main', image: 'demo' }] },
    });
    await world.fill(naked('one'), naked('two'));
    await world.drain(world.terminate());
    expect(world.report().stuck).toEqual([
      expect.objectContaining({ code: 'unmanaged-pod', pods: ['default/one', 'default/two'], count: 2 }),
    ]);
  });
});
