import { describe, expect, it } from 'vitest';
import type { Registration } from '../../../shared/lifecycle/registration.ts';
import type { BalancedNode } from '../../../shared/ports.ts';
import { createWorld, deployment, instanceId, nodeName, start, type World } from './drain-world.ts';

const web = (state: string): Registration => ({
  kind: 'target-group',
  group: 'web',
  target: `${instanceId}:30080`,
  state,
});
const old: Registration = { kind: 'classic', group: 'old', target: instanceId, state: 'InService' };
const asked = 'elasticloadbalancing:DescribeTargetGroups';

/** A world whose load balancers answer by the second of the story, and what they were asked. */
function createBalanced(answer: (second: number) => Registration[], options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options);
  const nodes: BalancedNode[] = [];
  let began = start;
  world.ports.loadBalancers.stillRegistered = async (node) => {
    nodes.push(node);
    return { registrations: answer((world.clock.now() - began) / 1000) };
  };
  const drain = async () => {
    began = world.clock.now();
    const done = await world.drain(world.terminate());
    return { ...done, seconds: (world.clock.now() - began) / 1000 };
  };
  return { world, nodes, drain };
}

const told = (world: World) => world.report().timeline.flatMap(({ what, text }) => (what === 'attached' ? [text] : []));

describe('the load balancers of a node that is empty', () => {
  it('hold its hook until it is out of the last of them', async () => {
    const { world, drain } = createBalanced((second) => {
      if (second < 20) return [web('healthy'), old];
      return second < 90 ? [web('draining')] : [];
    });
    await world.fill(deployment('web', 1));
    const { end, seconds } = await drain();
    expect(end).toMatchObject({ reason: 'drained', completion: 'CONTINUE', alarm: false });
    expect(seconds).toBeGreaterThanOrEqual(90);
    expect(seconds).toBeLessThan(125);
    expect(told(world)).toEqual([
      `still attached or registered: target group web: ${instanceId}:30080 is healthy, load balancer old: ${instanceId} is InService`,
      `still attached or registered: target group web: ${instanceId}:30080 is draining`,
    ]);
  });

  it('hold it for detachSeconds and no longer, and are named then', async () => {
    const { world, drain } = createBalanced(() => [web('healthy')], { policy: { detachSeconds: 120 } });
    await world.fill(deployment('web', 1));
    const { end, seconds } = await drain();
    expect(end).toMatchObject({ reason: 'drained-not-detached', completion: 'CONTINUE', alarm: true });
    expect(end.text).toContain(`target group web: ${instanceId}:30080 is healthy`);
    const emptyAt = world.report().timeline.find(({ what }) => what === 'empty')?.at ?? '';
    expect(world.clock.now() - Date.parse(emptyAt)).toBeLessThanOrEqual(121_000);
    expect(seconds).toBeGreaterThan(120);
  });

  it('that never answer are given up with that reason in the same time, and a look of theirs is cut off', async () => {
    const world = createWorld({ policy: { detachSeconds: 120 } });
    await world.fill(deployment('web', 1));
    const cut: unknown[] = [];
    world.ports.loadBalancers.stillRegistered = (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          cut.push(signal.reason);
          reject(signal.reason);
        });
      });
    const { end } = await world.drain(world.terminate());
    expect(end).toMatchObject({ reason: 'drained-not-detached', alarm: true });
    expect(end.text).toContain('unknown load balancers (no answer yet)');
    const emptyAt = world.report().timeline.find(({ what }) => what === 'empty')?.at ?? '';
    expect(world.clock.now() - Date.parse(emptyAt)).toBeLessThanOrEqual(121_000);
    expect(cut.length).toBeGreaterThan(2);
  });

  it('that fail for a while are asked again', async () => {
    const { world, drain } = createBalanced((second) => {
      if (second < 30) throw new Error('ThrottlingException');
      return [];
    });
    const { end } = await drain();
    expect(end.reason).toBe('drained');
    expect(told(world)).toEqual(['still attached or registered: unknown load balancers']);
    expect(world.lines).toContainEqual(expect.objectContaining({ level: 'warn', message: 'load balancers unknown' }));
  });

  it('that nobody lets us see are not waited for, and the end says which right is missing', async () => {
    const world = createWorld();
    world.ports.loadBalancers.stillRegistered = async () => ({ registrations: [], denied: asked });
    const began = world.clock.now();
    const { end } = await world.drain(world.terminate());
    expect(end).toMatchObject({ reason: 'drained-not-detached', completion: 'CONTINUE', alarm: true });
    expect(end.text).toContain(`unknown load balancers (not allowed: ${asked})`);
    expect(world.clock.now() - began).toBeLessThan(10_000);
  });

  it('that are seen in part are waited for in that part', async () => {
    const world = createWorld();
    const began = world.clock.now();
    world.ports.loadBalancers.stillRegistered = async () => ({
      registrations: world.clock.now() < began + 40_000 ? [old] : [],
      denied: asked,
    });
    const { end } = await world.drain(world.terminate());
    expect(end.reason).toBe('drained-not-detached');
    expect(world.clock.now() - began).toBeGreaterThanOrEqual(40_000);
  });

  it('are not asked when EC2 says that the instance is gone', async () => {
    const { world, nodes, drain } = createBalanced(() => [web('healthy')]);
    const node = world.node();
    if (!node) throw new Error('no node');
    const lastTransitionTime = new Date(start - 900_000).toISOString();
    world.cluster.apply({
      ...node,
      status: { conditions: [{ type: 'Ready', status: 'Unknown', lastTransitionTime }] },
    });
    world.ports.compute.instanceState = async () => 'terminated';
    expect((await drain()).end.reason).toBe('drained');
    expect(nodes).toEqual([]);
  });
});

describe('a target of a pod that stays', () => {
  const ingress = (state: string): Registration => ({
    kind: 'target-group',
    group: 'ingress',
    target: 'fd00::78:443',
    state,
  });

  it('which nobody takes out is not waited for in vain; the end names it, and wakes nobody', async () => {
    const { world, drain } = createBalanced(() => [ingress('healthy')]);
    await world.fill(deployment('web', 1));
    const { end, seconds } = await drain();
    expect(end).toMatchObject({ reason: 'drained', completion: 'CONTINUE', alarm: false });
    expect(end.text).toContain(
      'left in load balancers with the pods that stay: target group ingress: fd00::78:443 is healthy',
    );
    expect(seconds).toBeGreaterThan(30);
    expect(seconds).toBeLessThan(60);
  });

  it('that somebody takes out within half a minute is waited for until its connections have drained', async () => {
    const { world, drain } = createBalanced((second) => {
      if (second < 25) return [ingress('healthy')];
      return second < 120 ? [ingress('draining')] : [];
    });
    const { end, seconds } = await drain();
    expect(end).toMatchObject({ reason: 'drained', text: 'every evictable pod is gone' });
    expect(seconds).toBeGreaterThanOrEqual(120);
    expect(told(world).at(-1)).toContain('is draining');
  });

  it('that we are to take out ourselves is waited for until we could', async () => {
    let takenAt = Number.POSITIVE_INFINITY;
    const { world, drain } = createBalanced((second) => {
      if (second < takenAt) return [ingress('healthy')];
      return second < takenAt + 60 ? [ingress('draining')] : [];
    });
    const began = world.clock.now();
    world.ports.loadBalancers.deregister = async () => {
      const second = (world.clock.now() - began) / 1000;
      if (second < 100) throw new Error('ThrottlingException');
      takenAt = Math.min(takenAt, second);
      return [ingress('healthy')];
    };
    const { end, seconds } = await drain();
    expect(end).toMatchObject({ reason: 'drained', text: 'every evictable pod is gone' });
    expect(seconds).toBeGreaterThanOrEqual(160);
  });

  it('does not shorten the wait for the instance itself', async () => {
    const { drain } = createBalanced((second) =>
      second < 200 ? [ingress('healthy'), web('draining')] : [ingress('healthy')],
    );
    const { end, seconds } = await drain();
    expect(end.reason).toBe('drained');
    expect(seconds).toBeGreaterThanOrEqual(200);
  });
});

describe('what load balancers are asked for', () => {
  const pod = (name: string, ip: string, more: object = {}, annotations: Record<string, string> = {}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', annotations: { 'eks-node-lifecycle.io/drain': 'skip', ...annotations } },
    spec: { nodeName, containers: [{ name: 'main', image: 'demo' }] },
    status: { phase: 'Running', podIPs: [{ ip }], ...more },
  });

  it('is the instance, the addresses of the node and those of pods that stay, in the VPC of the cluster', async () => {
    const { world, nodes, drain } = createBalanced(() => []);
    const node = world.node();
    if (!node) throw new Error('no node');
    const addresses = [
      { type: 'InternalIP', address: '10.0.1.10' },
      { type: 'ExternalIP', address: '203.0.113.7' },
      { type: 'Hostname', address: nodeName },
    ];
    world.cluster.apply([
      { ...node, status: { ...node.status, addresses } },
      pod('stays', '10.0.1.77'),
      pod('dual', '10.0.1.78', { podIPs: [{ ip: '10.0.1.78' }, { ip: 'fd00::78' }] }),
      pod('on-the-host', '10.0.1.10'),
      pod('finished', '10.0.1.79', { phase: 'Succeeded' }),
    ]);
    const { open } = world.ports.clusters;
    world.ports.clusters.open = async (...call) => ({ ...(await open(...call)), vpcId: 'vpc-1' }) as never;
    await drain();
    expect(nodes.at(-1)).toEqual({
      instanceId,
      addresses: ['10.0.1.10', '10.0.1.78', 'fd00::78', '10.0.1.77'],
      vpcId: 'vpc-1',
      drains: 1,
    });
  });

  it('is not what is evicted last: only that takes it out', async () => {
    const { world, nodes, drain } = createBalanced(() => [], { policy: { daemonSets: 'evict-last' } });
    const selector = { matchLabels: { app: 'agent' } };
    const template = {
      metadata: { labels: { app: 'agent' } },
      spec: { containers: [{ name: 'main', image: 'demo' }] },
    };
    await world.fill({
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent', namespace: 'default' },
      spec: { selector, template },
    });
    const [agent] = world.pods();
    if (!agent) throw new Error('no pod');
    world.cluster.apply({ ...agent, status: { ...agent.status, podIPs: [{ ip: '10.0.1.80' }] } } as never);
    await drain();
    expect(nodes.flatMap(({ addresses }) => addresses)).not.toContain('10.0.1.80');
    expect(world.what()).toContain('daemonsets-last');
  });
});
