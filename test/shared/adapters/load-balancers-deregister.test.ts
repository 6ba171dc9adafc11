import { describe, expect, it } from 'vitest';
import { refusal } from '../../../sandbox/aws/service-faults.ts';
import type { LoadBalancerMode } from '../../../shared/lifecycle/registration.ts';
import { instanceId, never, podAddress, startBalancers, told } from './balancer-world.ts';

const service = 'elasticloadbalancing';

/** One group and one Classic Load Balancer of nobody's, and one of a controller's for each way to tell it. */
async function start(mode: LoadBalancerMode) {
  const world = await startBalancers(mode);
  const { balancing } = world;
  const tags = [
    { 'elbv2.k8s.aws/cluster': 'prod' },
    { 'ingress.k8s.aws/stack': 'shop/web' },
    { 'service.k8s.aws/resource': 'shop/web' },
    { 'eks:eks-cluster-name': 'prod' },
    { 'service.eks.amazonaws.com/stack': 'shop/web' },
  ];
  balancing.addGroup({ name: 'own', tags: { team: 'shop', 'kubernetes.io/role/elb': '1' } });
  balancing.addGroup({ name: 'own-pods', type: 'ip', port: 8080 });
  for (const [index, its] of tags.entries()) balancing.addGroup({ name: `controlled-${index}`, tags: its });
  balancing.addClassic({ name: 'old' });
  balancing.addClassic({ name: 'old-service', tags: { 'kubernetes.io/service-name': 'shop/web' } });
  balancing.addClassic({ name: 'old-cluster', tags: { 'kubernetes.io/cluster/prod': 'owned' } });
  for (const { name, type } of balancing.groups())
    balancing.registerTarget(name, type === 'ip' ? podAddress : instanceId);
  for (const { name } of balancing.classics()) balancing.registerInstance(name, instanceId);
  const states = () => [
    ...balancing.groups().map((group) => `${group.name} ${balancing.targets(group).map(({ state }) => state)}`),
    ...balancing.classics().map((classic) => `${classic.name} ${balancing.instancesOf(classic)}`),
  ];
  return { ...world, states, deregister: () => world.port.deregister(world.ours, never) };
}

describe('the mode', () => {
  it.each(['off', 'wait'] as const)('%s deregisters nothing, without a call', async (mode) => {
    const { deregister, counts } = await start(mode);
    expect(await deregister()).toBeUndefined();
    expect(counts()).toEqual({});
  });

  it('deregister takes the node out of what no controller registers it in', async () => {
    const { deregister, clock, states, counts } = await start('deregister');
    await clock.advance(10_000);
    expect(told((await deregister()) ?? [])).toEqual([
      `own ${instanceId}:30080 healthy`,
      `own-pods ${podAddress}:8080 healthy`,
      `old ${instanceId} InService`,
    ]);
    expect(states()).toEqual([
      'own draining',
      'own-pods draining',
      ...[0, 1, 2, 3, 4].map((index) => `controlled-${index} healthy`),
      'old ',
      `old-service ${instanceId}`,
      `old-cluster ${instanceId}`,
    ]);
    expect(counts()).toMatchObject({ DeregisterTargets: 2, DeregisterInstancesFromLoadBalancer: 1, DescribeTags: 2 });
  });

  it('deregister-all takes it out of all, and asks for no tags', async () => {
    const { deregister, states, counts } = await start('deregister-all');
    expect(await deregister()).toHaveLength(10);
    expect(states().filter((text) => !/draining$|^old[a-z-]* $/.test(text))).toEqual([]);
    expect(counts().DescribeTags).toBeUndefined();
  });

  it('deregister does it once: what drains is left alone', async () => {
    const { deregister, clock, counts } = await start('deregister');
    await deregister();
    counts();
    await clock.advance(5_000);
    expect(await deregister()).toEqual([]);
    expect(counts()).not.toHaveProperty('DeregisterTargets');
  });

  it('deregister is seen at the next look, whatever was remembered', async () => {
    const { deregister, look } = await start('deregister');
    await look();
    await deregister();
    expect(told((await look()).registrations).filter((text) => /^old |^own/.test(text))).toEqual([
      `own ${instanceId}:30080 draining`,
      `own-pods ${podAddress}:8080 draining`,
      `old ${instanceId} draining`,
    ]);
  });

  it('deregister takes out a target that is unhealthy, too: it may recover', async () => {
    const { balancing, deregister } = await start('deregister');
    balancing.setState('own', instanceId, 'unhealthy');
    expect(told((await deregister()) ?? [])).toContain(`own ${instanceId}:30080 unhealthy`);
  });
});

describe('deregistering', () => {
  it('leaves out a group that is deleted before its tags are read, and goes on with the others', async () => {
    const { balancing, deregister, look } = await start('deregister');
    await look();
    balancing.removeGroup('own-pods');
    expect(told((await deregister()) ?? [])).toEqual([
      expect.stringContaining('own '),
      expect.stringContaining('old '),
    ]);
  });

  it('that is denied for one is told once and done for the other', async () => {
    const { sandbox, deregister, clock, warnings } = await start('deregister');
    sandbox.faults.add({ service, match: /^DeregisterTargets$/, effect: refusal(service, 'denied') });
    expect(told((await deregister()) ?? [])).toEqual([`old ${instanceId} InService`]);
    await clock.advance(5_000);
    await deregister();
    expect(warnings).toEqual([{ right: 'elasticloadbalancing:DeregisterTargets' }]);
  });

  it('without the right to read tags takes out nothing: nobody can tell whose it is', async () => {
    const { sandbox, deregister, counts } = await start('deregister');
    sandbox.faults.add({ service, match: /^DescribeTags$/, effect: refusal(service, 'denied') });
    expect(await deregister()).toEqual([]);
    expect(counts()).not.toHaveProperty('DeregisterTargets');
  });
});
