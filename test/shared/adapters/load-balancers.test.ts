import { describe, expect, it } from 'vitest';
import { instanceId, podAddress, startBalancers, told } from './balancer-world.ts';

describe('a node is registered', () => {
  it('by its instance id, by its own address and by those of its pods, in groups and Classic Load Balancers of its VPC', async () => {
    const { balancing, clock, look } = await startBalancers();
    balancing.addGroup({ name: 'web' });
    balancing.addGroup({ name: 'api', type: 'ip', port: 8080 });
    balancing.addGroup({ name: 'function', type: 'lambda' });
    balancing.addGroup({ name: 'elsewhere', type: 'ip', vpcId: 'vpc-other' });
    balancing.addClassic({ name: 'old' });
    balancing.registerTarget('web', instanceId, 30080);
    balancing.registerTarget('web', instanceId, 30443);
    balancing.registerTarget('web', 'i-0bbbbbbbbbbbbbbbb');
    balancing.registerTarget('api', podAddress);
    balancing.registerTarget('api', '10.0.9.9');
    balancing.registerTarget('elsewhere', podAddress);
    balancing.registerInstance('old', instanceId);
    await clock.advance(10_000);

    const { registrations } = await look();
    expect(told(registrations)).toEqual([
      `web ${instanceId}:30080 healthy`,
      `web ${instanceId}:30443 healthy`,
      `api ${podAddress}:8080 healthy`,
      `old ${instanceId} InService`,
    ]);
    expect(told((await look({ vpcId: undefined })).registrations)).toContain(`elsewhere ${podAddress}:30080 healthy`);
  });

  it('until its targets have drained, and not a look longer than it is remembered', async () => {
    const { balancing, clock, look } = await startBalancers();
    balancing.addGroup({ name: 'web', deregistrationSeconds: 30 });
    balancing.addClassic({ name: 'old', drainingSeconds: 60 });
    balancing.registerTarget('web', instanceId);
    balancing.registerInstance('old', instanceId);
    await clock.advance(10_000);
    await look();
    balancing.deregisterTarget('web', { id: instanceId });
    balancing.deregisterInstance('old', instanceId);
    await clock.advance(5_000);
    const draining = [`web ${instanceId}:30080 draining`, `old ${instanceId} draining`];
    expect(told((await look()).registrations)).toEqual(draining);
    await clock.advance(25_000);
    expect(told((await look()).registrations)).toEqual(draining.slice(1));
    await clock.advance(30_000);
    expect(await look()).toEqual({ registrations: [] });
  });

  it.each([
    ['initial', true],
    ['healthy', true],
    ['unhealthy', false],
    ['unhealthy.draining', true],
    ['unavailable', true],
    ['unused', false],
  ])('while its target is %s: %s', async (state, held) => {
    const { balancing, look } = await startBalancers();
    balancing.addGroup({ name: 'web' });
    balancing.registerTarget('web', instanceId);
    balancing.setState('web', instanceId, state);
    expect(told((await look()).registrations)).toEqual(held ? [`web ${instanceId}:30080 ${state}`] : []);
  });

  it('in no group that is deleted meanwhile, and in no Classic Load Balancer that is', async () => {
    const { balancing, clock, look } = await startBalancers();
    balancing.addGroup({ name: 'web' });
    balancing.addClassic({ name: 'old' });
    balancing.registerTarget('web', instanceId);
    balancing.registerInstance('old', instanceId);
    expect((await look()).registrations).toHaveLength(2);
    balancing.removeGroup('web');
    balancing.removeClassic('old');
    await clock.advance(5_000);
    expect(await look()).toEqual({ registrations: [] });
  });
});

describe('what a look costs', () => {
  it('is one call for all groups, one for each that a load balancer uses and that may hold the node, and none for others', async () => {
    const { balancing, look, counts } = await startBalancers();
    for (let index = 0; index < 3; index++) balancing.addGroup({ name: `web-${index}` });
    balancing.addGroup({ name: 'spare', inUse: false });
    balancing.addGroup({ name: 'function', type: 'lambda' });
    balancing.addGroup({ name: 'elsewhere', vpcId: 'vpc-other' });
    balancing.addClassic({ name: 'old' });
    balancing.addClassic({ name: 'old-elsewhere', vpcId: 'vpc-other' });
    await look();
    expect(counts()).toEqual({
      DescribeTargetGroups: 1,
      DescribeTargetHealth: 3,
      DescribeLoadBalancers: 1,
      DescribeInstanceHealth: 1,
    });
  });

  it('is shared by fifty drains of one warm function that come at once', async () => {
    const { balancing, look, counts } = await startBalancers();
    for (let index = 0; index < 6; index++) balancing.addGroup({ name: `web-${index}` });
    const ids = Array.from({ length: 50 }, (_, index) => `i-${String(index).padStart(17, '0')}`);
    for (const id of ids) balancing.registerTarget('web-3', id);
    const looks = await Promise.all(ids.map((id) => look({ instanceId: id })));
    expect(looks.map(({ registrations }) => told(registrations))).toEqual(
      ids.map((id) => [`web-3 ${id}:30080 initial`]),
    );
    expect(counts()).toEqual({ DescribeTargetGroups: 1, DescribeTargetHealth: 6, DescribeLoadBalancers: 1 });
  });

  it('is a call every four seconds for the groups that hold the node, every half a minute for the others', async () => {
    const { balancing, clock, look, counts } = await startBalancers();
    balancing.addGroup({ name: 'web' });
    for (let index = 0; index < 4; index++) balancing.addGroup({ name: `other-${index}` });
    balancing.registerTarget('web', instanceId);
    await look();
    counts();
    for (let second = 2; second <= 28; second += 2) {
      await clock.advance(2_000);
      await look();
    }
    expect(counts()).toEqual({ DescribeTargetHealth: 7 });
    await clock.advance(4_000);
    await look();
    expect(counts()).toEqual({ DescribeTargetHealth: 5 });
  });

  it.each([
    ['ten seconds for forty groups', 1, 10],
    ['fifty seconds when five nodes are drained at once', 5, 50],
    ['a minute and a half at most', 50, 90],
  ])('is spread over %s, since a whole account may ask ten times a second', async (_title, drains, every) => {
    const { balancing, clock, look, counts } = await startBalancers();
    for (let index = 0; index < 40; index++) {
      balancing.addGroup({ name: `web-${index}` });
      balancing.registerTarget(`web-${index}`, instanceId);
    }
    await look({ drains });
    counts();
    await clock.advance((every - 1) * 1000);
    await look({ drains });
    expect(counts().DescribeTargetHealth).toBeUndefined();
    await clock.advance(1000);
    await look({ drains });
    expect(counts().DescribeTargetHealth).toBe(40);
  });

  it('is a call for each four hundred groups, page after page', async () => {
    const { balancing, look, counts } = await startBalancers();
    for (let index = 0; index < 805; index++) balancing.addGroup({ name: `spare-${index}`, inUse: index > 803 });
    for (let index = 0; index < 401; index++) balancing.addClassic({ name: `old-${index}`, vpcId: 'vpc-other' });
    balancing.registerTarget('spare-804', instanceId);
    expect((await look()).registrations).toHaveLength(1);
    expect(counts()).toEqual({ DescribeTargetGroups: 3, DescribeTargetHealth: 1, DescribeLoadBalancers: 2 });
  });
});
