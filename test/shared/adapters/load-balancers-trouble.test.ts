import { describe, expect, it } from 'vitest';
import { refusal } from '../../../sandbox/aws/service-faults.ts';
import { instanceId, startBalancers, told } from './balancer-world.ts';

const service = 'elasticloadbalancing';
const operations = ['DescribeTargetGroups', 'DescribeTargetHealth', 'DescribeLoadBalancers', 'DescribeInstanceHealth'];

async function start() {
  const world = await startBalancers();
  world.balancing.addGroup({ name: 'web' });
  world.balancing.addClassic({ name: 'old' });
  world.balancing.registerTarget('web', instanceId);
  world.balancing.registerInstance('old', instanceId);
  return world;
}

describe.each(operations)('%s', (operation) => {
  const match = new RegExp(`^${operation}$`);

  it('comes through throttling, a broken service and a reset', async () => {
    const { sandbox, look, counts } = await start();
    sandbox.faults.add({ service, match, times: 2, effect: refusal(service, 'throttled') });
    sandbox.faults.add({ service, match, times: 1, effect: refusal(service, 'broken') });
    sandbox.faults.add({ service, match, times: 1, effect: { reset: 'before' } });
    expect((await look()).registrations).toHaveLength(2);
    expect(counts()[operation]).toBe(5);
  });

  it('that is denied is told once, by the right that is missing, and the rest is seen', async () => {
    const { sandbox, look, warnings } = await start();
    sandbox.faults.add({ service, match, effect: refusal(service, 'denied') });
    const right = `elasticloadbalancing:${operation}`;
    for (let again = 0; again < 3; again++) {
      const { registrations, denied } = await look();
      expect([registrations.length, denied]).toEqual([1, right]);
    }
    expect(warnings).toEqual([{ right }]);
  });

  it('that goes on failing is an error that says what was being done', async () => {
    const { sandbox, look } = await start();
    sandbox.faults.add({ service, match, effect: refusal(service, 'broken') });
    await expect(look()).rejects.toThrow(/^describing .+: InternalFailure/);
  });
});

describe('a look', () => {
  it('after throttling goes on where it was, when the pause is over', async () => {
    const { sandbox, balancing, clock, look, counts } = await start();
    for (let index = 0; index < 20; index++) balancing.addGroup({ name: `other-${index}` });
    let passed = 0;
    const match = (operation: string) => operation === 'DescribeTargetHealth' && ++passed > 10;
    sandbox.faults.add({ service, match, effect: refusal(service, 'throttled') });
    await expect(look()).rejects.toThrow('ThrottlingException');
    sandbox.faults.clear();
    counts();
    await clock.advance(5_000);
    await expect(look()).rejects.toThrow('ThrottlingException');
    expect(counts().DescribeTargetHealth).toBeUndefined();
    await clock.advance(5_000);
    expect(told((await look()).registrations)).toContain(`web ${instanceId}:30080 healthy`);
    expect(counts().DescribeTargetHealth).toBeLessThanOrEqual(12);
  });

  it('that is denied both is told of both', async () => {
    const { sandbox, look } = await start();
    sandbox.faults.add({ service, match: /^Describe/, effect: refusal(service, 'denied') });
    expect(await look()).toEqual({
      registrations: [],
      denied: 'elasticloadbalancing:DescribeTargetGroups, elasticloadbalancing:DescribeLoadBalancers',
    });
  });

  it('ends with the reason of its signal', async () => {
    const { sandbox, look } = await start();
    sandbox.faults.add({ service, match: /./, effect: { delayMs: 60_000 } });
    const stop = new AbortController();
    const looking = look({}, stop.signal);
    stop.abort(new Error('out of time'));
    await expect(looking).rejects.toThrow(/^out of time$/);
  });
});
