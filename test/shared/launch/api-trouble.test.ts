import { describe, expect, it } from 'vitest';
import type { FaultEffect } from '../../../sandbox/faults.ts';
import { createWorld, node, startUpTaint } from './launch-world.ts';

const status = (code: number, message = 'as it were'): FaultEffect => ({
  answer: { status: code, body: { kind: 'Status', apiVersion: 'v1', code, message } },
});
const troubles: [string, FaultEffect][] = [
  ['401', status(401, 'Unauthorized')],
  ['403', status(403, 'forbidden')],
  ['429', status(429)],
  ['500', status(500)],
  ['no answer', { reset: 'before' }],
];

describe('a cluster that answers', () => {
  describe.each(troubles)('%s for a while', (_, effect) => {
    it.each([
      ['every request', /./],
      ['lists of nodes', /GET \/api\/v1\/nodes\?/],
      ['the DaemonSets', /daemonsets/],
      ['the pods', /\/pods/],
      ['watches', /watch=true/],
      ['patches', /^PATCH/],
    ])('to %s only delays the launch', async (__, match) => {
      const world = createWorld();
      const heal = world.cluster.faults.add({ match, effect });
      world.cluster.apply(node());
      world.at(100, heal);
      const { end } = await world.run(world.launch());
      expect(end).toMatchObject({ reason: 'ready', completion: 'CONTINUE' });
      expect(world.seconds()).toBeLessThan(160);
      expect(world.node()?.spec.taints).toEqual([]);
    });
  });

  it.each(troubles)('%s for good does not cost a fleet: the instance is kept, with an alarm', async (_, effect) => {
    const world = createWorld();
    world.cluster.faults.add({ match: /./, effect });
    const { end } = await world.run(world.launch());
    expect(end).toMatchObject({ reason: 'never-ready-kept', code: 'api-silent', completion: 'CONTINUE', alarm: true });
    expect(world.seconds()).toBe(840);
  });

  it('nothing any more, after it answered for a while, does not either', async () => {
    const world = createWorld();
    world.at(600, () => world.cluster.faults.add({ match: /./, effect: { reset: 'before' } }));
    const { end } = await world.run(world.launch());
    expect(end).toMatchObject({ reason: 'never-ready-kept', code: 'api-silent' });
  });

  it('403 to what a launch may not read is told at once, by a metric and in the end', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 200 } });
    world.cluster.apply(node());
    world.cluster.faults.add({ match: /daemonsets/, effect: status(403, 'cannot get resource "daemonsets"') });
    const { end } = await world.run(world.launch());
    expect(end).toMatchObject({ code: 'api-silent', completion: 'CONTINUE' });
    expect(end.text).toContain('HTTP 403 cannot get resource "daemonsets"');
    expect(world.metrics.filter(({ name }) => name === 'ClusterTrouble')).toEqual([
      { name: 'ClusterTrouble', value: 1, dimensions: { Kind: 'not-mapped' } },
      { name: 'ClusterTrouble', value: 1, dimensions: { Cluster: 'demo' } },
    ]);
  });

  it('403 to the patch lets a ready node through with its taint, and with an alarm', async () => {
    const world = createWorld({ policy: { deadlineSeconds: 200 } });
    world.cluster.apply(node());
    world.cluster.faults.add({ match: /^PATCH/, effect: status(403, 'cannot patch resource "nodes"') });
    const { end } = await world.run(world.launch());
    expect(end).toMatchObject({ reason: 'never-ready-kept', code: 'node-not-prepared', completion: 'CONTINUE' });
    expect(end.text).toContain('cannot patch resource "nodes"');
    expect(end.fix).toBe('kubectl taint node ip-10-0-1-10.ec2.internal eks-node-lifecycle.io/not-ready-');
    expect(world.node()?.spec.taints).toEqual([startUpTaint]);
  });

  it('no Event costs the Event alone', async () => {
    const world = createWorld();
    world.cluster.apply(node());
    world.cluster.faults.add({ match: /events/, effect: status(403) });
    expect((await world.run(world.launch())).end.reason).toBe('ready');
    expect(world.logged('event not written')).toHaveLength(1);
  });

  it('a patch, but too late for us to hear, is found done at the next look', async () => {
    const world = createWorld();
    world.cluster.apply(node());
    world.cluster.faults.add({ match: /^PATCH/, times: 1, effect: { reset: 'after' } });
    expect((await world.run(world.launch())).end.reason).toBe('ready');
    expect(world.node()?.spec.taints).toEqual([]);
  });

  it('that its watches are too old is looked at anew', async () => {
    const world = createWorld();
    world.cluster.apply(node({ readyAfter: 15 }));
    const action = world.launch();
    for (const second of [2, 4, 6]) world.at(second, () => world.cluster.dropWatches());
    world.at(8, () => world.cluster.compact());
    expect((await world.run(action)).end.reason).toBe('ready');
    expect(world.seconds()).toBeLessThan(40);
  });
});
