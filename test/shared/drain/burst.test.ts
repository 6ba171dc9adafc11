import { describe, expect, it } from 'vitest';
import type { LifecycleNotification } from '../../../sandbox/aws/scaling-groups.ts';
import type { Manifest } from '../../../sandbox/cluster/objects.ts';
import type { DrainPolicy } from '../../../shared/lifecycle/policy.ts';
import { actionOf, createWorld, deployment, groupName, node } from './drain-world.ts';

const never = new AbortController().signal;
const idOf = (index: number) => `i-0${index.toString(16).padStart(16, '0')}`;
const nameOf = (index: number) => `ip-10-0-3-${index}.ec2.internal`;

/** So many nodes of three pods each, and a record of when they are cordoned and their pods evicted. */
async function fleet(nodes: number, policy: Partial<DrainPolicy> = {}) {
  const world = createWorld({ policy, loseNode: true });
  for (let index = 0; index < nodes; index += 1) {
    world.scaling.addInstance(groupName, idOf(index));
    world.cluster.apply(node(nameOf(index), idOf(index)));
  }
  for (let index = 0; index < nodes; index += 1) {
    const nodeSelector = { 'kubernetes.io/hostname': nameOf(index) };
    world.cluster.apply(deployment(`web-${index}`, 3, { spec: { nodeSelector } }));
  }
  await world.clock.advance(10_000);
  const began = world.clock.now();
  const seconds = () => (world.clock.now() - began) / 1000;
  const cordons: { node: string; at: number }[] = [];
  const evictions: { node: string; at: number }[] = [];
  const inFlight = new Map<string, number>();
  const most = { all: 0, each: 0 };
  const { patchNode, evictPod } = world.port;
  world.port.patchNode = async (name, patch, signal) => {
    const answer = await patchNode(name, patch, signal);
    if (answer.ok && patch.spec?.unschedulable) cordons.push({ node: name, at: seconds() });
    return answer;
  };
  world.port.evictPod = async (pod, options, signal) => {
    const name = world.cluster.get('pods', pod.name, pod.namespace)?.spec.nodeName ?? '';
    const count = (by: number) => inFlight.set(name, (inFlight.get(name) ?? 0) + by);
    evictions.push({ node: name, at: seconds() });
    count(1);
    most.each = Math.max(most.each, inFlight.get(name) ?? 0);
    most.all = Math.max(
      most.all,
      [...inFlight.values()].reduce((sum, each) => sum + each, 0),
    );
    await world.clock.sleep(3_000, signal);
    count(-1);
    return evictPod(pod, options, signal);
  };
  /** All nodes, one after the other in so many seconds. */
  const drainAll = (apart: number) =>
    world.clock.runUntil(
      Promise.all(
        Array.from({ length: nodes }, async (_, index) => {
          if (index > 0) await world.clock.sleep(index * apart * 1000, never);
          return world.follow(actionOf(world.scaling.terminateInstance(idOf(index))[0] as LifecycleNotification));
        }),
      ),
    );
  return { world, cordons, evictions, most, drainAll };
}
const atOf = (list: { at: number }[]) => list.map(({ at }) => at);

describe('a burst of terminations', () => {
  it.each([0, 0.4, 1.9])('%s s apart cordons every node before any pod is evicted', async (apart) => {
    const { cordons, evictions, drainAll } = await fleet(5, { burstSeconds: 2 });
    const done = await drainAll(apart);
    expect(done.map(({ end }) => end.reason)).toEqual(Array(5).fill('drained'));
    expect(new Set(cordons.map(({ node }) => node)).size).toBe(5);
    expect(evictions.length).toBeGreaterThanOrEqual(15);
    expect(Math.max(...atOf(cordons))).toBeLessThan(Math.min(...atOf(evictions)));
    expect(Math.min(...atOf(evictions))).toBeLessThan(Math.max(...atOf(cordons)) + 6);
  });

  it('that goes on and on does not keep the first nodes waiting for ever', async () => {
    const { evictions, drainAll } = await fleet(20, { burstSeconds: 2, settleSeconds: 5 });
    await drainAll(1.5);
    expect(Math.min(...atOf(evictions))).toBeGreaterThan(7);
    expect(Math.min(...atOf(evictions))).toBeLessThanOrEqual(5 + 5 * 2 + 0.1);
  });

  it('waits no longer than its window for one that came before', async () => {
    const { evictions, drainAll } = await fleet(2, { burstSeconds: 2, settleSeconds: 5 });
    await drainAll(4);
    const [first, second] = [0, 1].map((index) => evictions.find(({ node }) => node === nameOf(index))?.at);
    expect(first).toBe(6);
    expect(second).toBe(9);
  });

  it('is not waited for when the setting says so', async () => {
    const { evictions, drainAll } = await fleet(2, { burstSeconds: 0, settleSeconds: 5 });
    await drainAll(4);
    expect(Math.min(...atOf(evictions))).toBe(5);
  });
});

describe('a lone drain', () => {
  it('is not delayed', async () => {
    const { evictions, drainAll } = await fleet(1, { burstSeconds: 60, settleSeconds: 5 });
    await drainAll(0);
    expect(Math.min(...atOf(evictions))).toBe(5);
  });

  it('is not delayed by a node that was drained just before it, nor by an annotation that is not ours', async () => {
    const { world, evictions, drainAll } = await fleet(1, { burstSeconds: 60, settleSeconds: 5 });
    const at = new Date(world.clock.now()).toISOString();
    const times = { startedAt: at, deadlineAt: at, endsAt: at, markedAt: at, seenAt: at };
    const ours = { label: true, cordon: true };
    const mark = { version: 1, drain: 'i-1-over', execution: 'over', ...times, ours, ended: 'drained' };
    for (const [name, text] of [
      ['over', JSON.stringify(mark)],
      ['theirs', 'someone was here'],
    ] as const) {
      const { metadata, spec } = node(name, idOf(99)) as Manifest & { metadata: object; spec: object };
      const labels = { 'node.kubernetes.io/exclude-from-external-load-balancers': 'true' };
      const annotations = { 'eks-node-lifecycle.io/drain': text };
      const marked = { metadata: { ...metadata, labels, annotations }, spec: { ...spec, unschedulable: true } };
      world.cluster.apply({ ...node(name, idOf(99)), ...marked });
    }
    await drainAll(0);
    expect(Math.min(...atOf(evictions))).toBe(5);
  });

  it('goes on when the others cannot be counted, and says so', async () => {
    const { world, evictions, drainAll } = await fleet(1, { burstSeconds: 2, settleSeconds: 5 });
    const failure = { ok: false, failure: { code: 503, message: 'busy' } } as never;
    world.port.listMarkedNodes = async () => failure;
    const [done] = await drainAll(0);
    expect(done?.end.reason).toBe('drained');
    expect(Math.min(...atOf(evictions))).toBe(5);
    expect(world.lines).toContainEqual(expect.objectContaining({ level: 'warn', message: 'other drains not counted' }));
  });
});

describe('evictions in flight', () => {
  it.each([
    ['are shared fairly between the nodes of a burst', 4, 8, 8, 2],
    ['are rounded down, so that all together keep to the limit', 3, 7, 6, 2],
    ['are one for each node when there are more nodes than the limit', 5, 2, 5, 1],
    ['are all a lone drain’s', 1, 3, 3, 3],
  ])('%s', async (_title, nodes, maxInFlight, all, each) => {
    const { most, drainAll } = await fleet(nodes, { maxInFlight });
    await drainAll(0.3);
    expect(most).toEqual({ all, each });
  });
});
