import { beforeEach, describe, expect, it } from 'vitest';
import { budgetContention } from '../../sandbox/cluster/api-trouble.ts';
import { type Cluster, createCluster } from '../../sandbox/cluster/create-cluster.ts';
import type { FaultEffect } from '../../sandbox/faults.ts';
import { createKubeCluster } from '../../shared/adapters/kube-cluster.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import type { ClusterPort } from '../../shared/cluster-port.ts';
import { seeAndEvict } from './cluster-port-answers.ts';
import { createWorld, failureIn, signal, valueIn, type World } from './cluster-port-world.ts';
import { realTime } from './targets/model.ts';

const { timeout, conflict } = budgetContention('web');

/** What no test can make a real API server do, or not in time. */
describe('the model alone', () => {
  let model: Cluster;
  let cluster: ClusterPort;
  let world: World;
  beforeEach(async () => {
    model = createCluster({ clock: realClock });
    const admin = model.transportFor();
    world = createWorld({ ...realTime, admin, close: async () => {} });
    await world.build();
    cluster = createKubeCluster(admin, { leaseNamespace: world.namespace, reportingInstance: 'contract' });
  });

  it.each<[string, FaultEffect, string]>([
    ['T59: an eviction answered 504 with Retry-After is trouble', { answer: timeout }, 'trouble'],
    [
      'T59: an eviction answered 409 about a budget, with the uid unchanged, is a conflict',
      { answer: conflict },
      'conflict',
    ],
    ['an eviction whose connection was cut before it took is trouble', { reset: 'before' }, 'trouble'],
    [
      'an eviction answered 503 by something in between is trouble',
      { answer: { status: 503, body: '<html>' } },
      'trouble',
    ],
  ])('%s, and accepted when it is asked for again', async (_title, effect, kind) => {
    const pod = await world.pod();
    model.faults.add({ match: /eviction$/, times: 2, effect });
    const evict = await seeAndEvict(pod, cluster);
    expect(await evict()).toMatchObject({ kind });
    expect(await evict()).toMatchObject({ kind });
    expect(await evict()).toEqual({ kind: 'accepted' });
  });

  it('an eviction that took, but whose answer was lost, is accepted when it is asked again', async () => {
    const pod = await world.pod();
    model.faults.add({ match: /eviction$/, times: 1, effect: { reset: 'after' } });
    const evict = await seeAndEvict(pod, cluster);
    expect(await evict()).toMatchObject({ kind: 'trouble' });
    expect(valueIn(await cluster.getPod(pod, signal)).deletionAt).toBeDefined();
    expect(await evict()).toEqual({ kind: 'accepted' });
  });

  it('403 when the allowed disruptions are negative, a status that a real server does not take', async () => {
    const pod = await world.pod({ labels: { app: 'negative' } });
    await world.budget(
      'negative',
      { minAvailable: 1 },
      { disruptionsAllowed: -1, currentHealthy: 0, desiredHealthy: 1 },
    );
    expect(failureIn(await cluster.evictPod(pod, {}, signal))).toMatchObject({
      code: 403,
      message: 'poddisruptionbudget.policy "negative" is forbidden: pdb disruptions allowed is negative',
    });
  });

  describe('a list whose continue token expires on the way', () => {
    /** Pages of one object, of a server that forgets while they are read. */
    const forgetful = (times: number) => {
      const transport = model.transportFor();
      let left = times;
      return createKubeCluster(
        {
          ...transport,
          request: (request, signal) => {
            if (request.query?.continue !== undefined && left-- > 0) model.compact();
            const limit = request.query?.limit === undefined ? {} : { limit: '1' };
            return transport.request({ ...request, query: { ...request.query, ...limit } }, signal);
          },
        },
        { leaseNamespace: world.namespace, reportingInstance: 'contract' },
      );
    };

    it('T24: a list whose continue token expires is begun anew, with nothing of what was read before', async () => {
      const pods = [await world.pod(), await world.pod()];
      const { items } = valueIn(await forgetful(1).listPods(world.nodes.first, signal));
      expect(items.map(({ uid }) => uid)).toEqual(pods.map(({ uid }) => uid));
    });

    it('T24: a list whose continue token expires twice fails with 410', async () => {
      for (const _ of [1, 2]) await world.pod();
      const answer = await forgetful(2).listPods(world.nodes.first, signal);
      expect(failureIn(answer)).toMatchObject({ code: 410, reason: 'Expired' });
    });
  });
});
