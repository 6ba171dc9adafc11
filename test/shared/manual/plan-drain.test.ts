import { afterEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../../sandbox/clock.ts';
import type { Grant } from '../../../sandbox/cluster/authorize.ts';
import { createCluster } from '../../../sandbox/cluster/create-cluster.ts';
import { createKubeCluster } from '../../../shared/adapters/kube-cluster.ts';
import { createKubeInventory } from '../../../shared/adapters/kube-inventory.ts';
import type { KubeRequest, KubeTransport } from '../../../shared/adapters/kube-transport.ts';
import { type PlanRequest, planDrain } from '../../../shared/manual/plan-drain.ts';
import { budget, deployment, node, start } from '../drain/drain-world.ts';

const signal = new AbortController().signal;
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Two nodes, web on the first with a budget, and who asks: by default somebody who may do everything. */
async function world(rules?: Grant['rules']) {
  const clock = createManualClock(start);
  const cluster = createCluster({ clock, ...(rules ? { grants: [{ user: 'planner', rules }] } : {}) });
  stops.push(cluster.stop);
  cluster.apply(node('old', 'i-0a'));
  cluster.start();
  cluster.apply([deployment('web', 2), budget('web', { maxUnavailable: 1 })]);
  await clock.advance(10_000);
  cluster.apply(node('new', 'i-0b'));
  await clock.advance(1000);
  const requests: KubeRequest[] = [];
  const straight = cluster.transportFor(rules && { user: 'planner', groups: [] });
  const transport: KubeTransport = {
    ...straight,
    request: (request, requestSignal) => {
      requests.push(request);
      return straight.request(request, requestSignal);
    },
  };
  const port = createKubeCluster(transport, { leaseNamespace: 'ours', reportingInstance: 'test' });
  const ports = { cluster: port, inventory: createKubeInventory(transport), clock };
  return { cluster, requests, plan: (request: PlanRequest) => planDrain(request, ports, signal) };
}

describe('planning', () => {
  it('reads six lists, sends nothing but GETs, and leaves every object as it was', async () => {
    const { cluster, requests, plan } = await world();
    const state = () =>
      JSON.stringify(
        ['nodes', 'pods', 'poddisruptionbudgets', 'events', 'leases'].map((name) => cluster.list(name as 'nodes')),
      );
    const before = state();
    const answer = await plan({ target: { node: 'old' }, cluster: 'demo', maxUnavailable: '50%' });
    expect(answer).toMatchObject({
      found: 'plan',
      plan: {
        cluster: 'demo',
        target: 'node old',
        exitCode: 0,
        maxUnavailable: 1,
        placement: { fits: 2 },
        budgets: [{ name: 'web', outlook: 'holds', pods: 2 }],
        singletons: [{ workload: 'deployment default/web', readyPods: 2 }],
      },
    });
    expect(requests.map(({ method }) => method)).toEqual(Array(6).fill('GET'));
    expect(state()).toBe(before);
  });

  it('asks the server for a selector, and once more for nothing else', async () => {
    const { requests, plan } = await world();
    expect(await plan({ target: { selector: 'kubernetes.io/hostname=new' } })).toMatchObject({
      nodes: [{ name: 'new' }],
    });
    expect(requests.map(({ query }) => query?.labelSelector).filter(Boolean)).toEqual(['kubernetes.io/hostname=new']);
    expect(requests).toHaveLength(7);
  });

  it('names the rights that it lacks, and gives up only without nodes or pods', async () => {
    const lists = (group: string, ...resources: string[]) => ({ apiGroups: [group], resources, verbs: ['list'] });
    const least = await world([lists('', 'nodes', 'pods')]);
    const answer = await least.plan({ target: { node: 'old' } });
    expect(answer).toMatchObject({
      found: 'plan',
      plan: {
        exitCode: 2,
        unknown: [{ right: 'list poddisruptionbudgets', message: expect.stringMatching('planner') }],
      },
    });
    const enough = await world([lists('', 'nodes', 'pods'), lists('policy', 'poddisruptionbudgets')]);
    expect(await enough.plan({ target: { node: 'old' } })).toMatchObject({ plan: { exitCode: 0 } });
    const none = await world([lists('', 'nodes')]);
    const unreadable = { found: 'unreadable', what: 'listing the pods', failure: { code: 403 } };
    expect(await none.plan({ target: { node: 'old' } })).toMatchObject(unreadable);
  });

  it('of a node that is not there is answered by what may have been meant', async () => {
    const { plan } = await world();
    expect(await plan({ target: { node: 'odl' } })).toMatchObject({ found: 'none', near: ['old'] });
  });

  it('takes the options of the drain', async () => {
    const { plan } = await world();
    const answer = await plan({
      target: { node: 'old' },
      options: { podSelector: { matchLabels: { app: 'db' }, matchExpressions: [] } },
    });
    expect(answer).toMatchObject({ plan: { nodes: [{ summary: '0 to evict, 2 stay' }] } });
  });
});
