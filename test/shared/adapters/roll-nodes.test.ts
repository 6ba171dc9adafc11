import { expect, it } from 'vitest';
import { createManualClock } from '../../../sandbox/clock.ts';
import { createCluster } from '../../../sandbox/cluster/create-cluster.ts';
import { node } from '../../../sandbox/scenarios/manifests.ts';
import { createRollNodes, rollAnnotation } from '../../../shared/adapters/roll-nodes.ts';

const never = new AbortController().signal;

function start() {
  const cluster = createCluster({ clock: createManualClock(0) });
  cluster.apply([node('a', 'i-a'), node('b', 'i-b'), node('other', 'i-other')]);
  const spec = (name: string) => cluster.get('nodes', name)?.spec.unschedulable ?? false;
  return { cluster, spec, nodes: createRollNodes(cluster.transportFor()) };
}

it('finds the nodes of the instances alone', async () => {
  const { nodes } = start();
  const found = await nodes.nodesOf(['i-a', 'i-b', 'i-none'], never);
  expect(found).toEqual(
    ['a', 'b'].map((name) => ({
      name,
      instanceId: `i-${name}`,
      ready: 'True',
      unschedulable: false,
      taints: [],
      drainMark: false,
    })),
  );
});

it('cordons a node, tells who did, and takes back only its own', async () => {
  const { nodes, spec, cluster } = start();
  await nodes.cordon('a', 'r1', never);
  expect(await nodes.nodesOf(['i-a'], never)).toMatchObject([{ unschedulable: true, cordonedBy: 'r1' }]);
  await nodes.uncordon('a', 'r2', never);
  expect(spec('a')).toBe(true);
  await nodes.uncordon('a', 'r1', never);
  expect(spec('a')).toBe(false);
  expect(cluster.get('nodes', 'a')?.metadata.annotations ?? {}).not.toHaveProperty(rollAnnotation);
});

it('leaves the cordon of others as it is', async () => {
  const { nodes, spec, cluster } = start();
  cluster.apply({ ...node('b', 'i-b'), spec: { providerID: 'aws:///us-east-1a/i-b', unschedulable: true } });
  await nodes.cordon('b', 'r1', never);
  expect((await nodes.nodesOf(['i-b'], never))[0]).not.toHaveProperty('cordonedBy');
  await nodes.uncordon('b', 'r1', never);
  expect(spec('b')).toBe(true);
});

it('needs no node that is gone, and says what it was doing when the API refuses', async () => {
  const { nodes, cluster } = start();
  await nodes.cordon('nowhere', 'r1', never);
  cluster.faults.add({ match: /PATCH/, effect: { answer: { status: 403, headers: {}, body: { message: 'no' } } } });
  await expect(nodes.cordon('a', 'r1', never)).rejects.toThrow(/^patching node a: HTTP 403/);
});
