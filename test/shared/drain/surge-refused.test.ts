import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../sandbox/cluster/objects.ts';
import { budget, createWorld, deployment, node } from './drain-world.ts';
import { asked, claim, mounting, notSurged, policy, rolled, wish, withSpec } from './surge-world.ts';

describe('a singleton is evicted as ever', () => {
  it('when its rollout gets nowhere for two minutes, which the report explains meanwhile', async () => {
    const world = createWorld({ policy });
    await world.fill(deployment('web', 1));
    world.cluster.apply({
      ...node('ip-10-0-2-20.ec2.internal', 'i-0aaaaaaaaaaaaaaaa'),
      status: { conditions: [{ type: 'Ready', status: 'True' }], allocatable: { pods: '0' } },
    });
    const action = world.terminate();
    await world.tickOnce({ action, state: null, execution: 'x' });
    expect(world.report().stuck).toEqual([
      expect.objectContaining({
        code: 'pending-replacement',
        text: expect.stringMatching(
          /^default\/web-\S+ is to take its place and finds no node: 0\/2 nodes are available: 1 Too many pods, .*; meanwhile: its Deployment web starts another pod first$/,
        ),
      }),
    ]);
    const done = await world.drain(action);
    expect(done.end.reason).toBe('drained');
    const { startedAt } = world.report();
    const evictedAfter = (Date.parse(world.pod('web')?.evictedAt ?? '') - Date.parse(startedAt)) / 1000;
    expect(evictedAfter).toBeGreaterThanOrEqual(120);
    expect(evictedAfter).toBeLessThan(135);
    expect(notSurged(world)).toEqual([
      'the pods of the Deployment default/web are evicted: its rollout got nowhere for two minutes',
    ]);
  });

  it('while it is paused', async () => {
    const world = createWorld({ policy });
    await world.fill(deployment('web', 1));
    world.cluster.apply(withSpec({ paused: true }));
    const patches = asked(world, /PATCH .*deployments/);
    expect((await world.drain(world.terminate())).end.reason).toBe('drained');
    expect(patches).toEqual([]);
    expect(notSurged(world)).toEqual(['the pods of the Deployment default/web are evicted: it is paused']);
  });

  it('but not with a volume that many nodes can have', async () => {
    const world = createWorld({ policy });
    await world.fill(claim('ReadWriteMany'), deployment('web', 1, mounting), budget('web', { minAvailable: 1 }));
    expect((await world.drain(world.terminate())).end.reason).toBe('drained');
    expect(world.pod('web')).toMatchObject({ code: 'surging', evictionsTried: 0 });
  });

  it('at its force moment, whatever its rollout does', async () => {
    const world = createWorld({ policy: { ...policy, deadlineSeconds: 180 } });
    const never = { annotations: { 'sandbox/ready-after': 'never' } };
    await world.fill(deployment('web', 1));
    world.at(4, () => world.cluster.apply(deployment('web', 1, never)));
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    const { startedAt } = world.report();
    const after = (Date.parse(world.pod('web')?.evictedAt ?? '') - Date.parse(startedAt)) / 1000;
    expect(after).toBeGreaterThanOrEqual(60);
    expect(after).toBeLessThan(70);
  });

  it.each<[string, Manifest[], string[]]>([
    [
      'with a strategy that removes first',
      [rolled({ type: 'Recreate' })],
      ['its strategy Recreate removes pods before it adds any'],
    ],
    [
      'with no room for a surge',
      [rolled({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } })],
      ['its rolling update may remove a pod before it adds one: that wants maxUnavailable 0 and maxSurge 1 or more'],
    ],
    [
      'with a volume of one node',
      [claim('ReadWriteOnce'), deployment('web', 1, mounting)],
      ['its pods mount a claim that one node at a time can have, or that cannot be read'],
    ],
    ['when one of its pods asks not to be disrupted', [deployment('web', 1, wish)], []],
    ['when a pod of it is ready elsewhere', [deployment('web', 2)], []],
  ])('%s', async (_case, manifests, why) => {
    const world = createWorld({ policy: { ...policy, deadlineSeconds: 200 } });
    const spread = manifests.some(({ spec }) => (spec as { replicas?: number }).replicas === 2);
    if (spread) world.cluster.apply(node('ip-10-0-2-20.ec2.internal', 'i-0aaaaaaaaaaaaaaaa'));
    await world.fill(...manifests);
    const patches = asked(world, /PATCH .*deployments/);
    const done = await world.drain(world.terminate());
    expect(done.end.reason).toBe('drained');
    expect(patches).toEqual([]);
    expect(world.pod('web')?.evictedAt).toBeDefined();
    expect(notSurged(world)).toEqual(why.map((text) => `the pods of the Deployment default/web are evicted: ${text}`));
  });

  it.each<[string, RegExp, number, string]>([
    ['without the right to read it (T57)', /GET .*deployments/, 403, 'no right to get deployments in default: no'],
    ['without the right to patch it (T57)', /PATCH .*deployments/, 403, 'no right to patch deployments in default: no'],
    ['when it is refused', /PATCH .*deployments/, 400, '400: no'],
    ['when it cannot be read for three looks', /GET .*deployments/, 503, '503: no'],
    [
      'when the pods of its namespace cannot be listed',
      /GET .*namespaces\/default\/pods/,
      403,
      'no right to list pods in default: no',
    ],
  ])('%s, and this is said once', async (_case, match, status, text) => {
    const world = createWorld({ policy });
    await world.fill(deployment('web', 1, { spec: { terminationGracePeriodSeconds: 2 } }));
    world.cluster.faults.add({
      match,
      effect: { answer: { status, body: { kind: 'Status', code: status, message: 'no' } } },
    });
    const done = await world.drain(world.terminate());
    expect(done.end).toMatchObject({ reason: 'drained', alarm: false });
    expect(world.pod('web')?.evictedAt).toBeDefined();
    expect(notSurged(world)).toEqual([
      `the pods of the Deployment default/web are evicted without another one first: ${text}`,
    ]);
    expect(world.seconds()).toBeLessThan(60);
  });

  it('when an admission policy refuses its restart, in its words', async () => {
    const world = createWorld({ policy });
    const message = "ValidatingAdmissionPolicy 'x' with binding 'x' denied request: not now";
    await world.fill(deployment('web', 1));
    const answer = { status: 403, body: { kind: 'Status', code: 403, message } };
    world.cluster.faults.add({ match: /PATCH .*deployments/, effect: { answer } });
    await world.drain(world.terminate());
    expect(notSurged(world)).toEqual([
      `the pods of the Deployment default/web are evicted without another one first: 403: ${message}`,
    ]);
  });

  it('when what is called as if it were its Deployment selects other pods', async () => {
    const world = createWorld({ policy });
    await world.fill(deployment('web', 1));
    const get = world.port.getDeployment;
    const selector = { matchLabels: { app: 'another' }, matchExpressions: [] };
    const cluster = {
      ...world.port,
      getDeployment: async (...args: Parameters<typeof get>) => {
        const answer = await get(...args);
        return answer.ok ? { ...answer, value: { ...answer.value, selector } } : answer;
      },
    };
    world.ports.clusters = { open: async (name) => ({ found: 'cluster', name, cluster }) };
    const patches = asked(world, /PATCH .*deployments/);
    expect((await world.drain(world.terminate())).end.reason).toBe('drained');
    expect(patches).toEqual([]);
  });
});
