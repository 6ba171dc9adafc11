import { createKubeCluster } from '../../../shared/adapters/kube-cluster.ts';
import { budgetOf, idle, leaving, podOf, pods, staying } from './scenery.ts';
import { expectCode, type Stage } from './stage.ts';

const signal = AbortSignal.timeout(600_000);
/** As managed node groups are known to name themselves. */
const vpcLambda = 'vpcLambda/v0.0.0 (linux/amd64) kubernetes/$Format';
const eviction = (name: string, more: object = {}) => ({
  apiVersion: 'policy/v1',
  kind: 'Eviction',
  metadata: { name, namespace: 'shop' },
  ...more,
});

/** Evictions with every answer that they can have, by a managed node group, Karpenter, the product and kubectl; cordons and taints by all of them. */
export async function drain(stage: Stage): Promise<void> {
  const hand = stage.by('stagehand');
  const named = async (app: string): Promise<string[]> =>
    (await hand.get(`${pods}?labelSelector=app%3D${app}`)).body.items.map(
      (pod: { metadata: { name: string } }) => pod.metadata.name,
    );
  const [held = '', second = ''] = await named('web');

  // A managed node group: marks the node, is refused by a budget, by two, and by nothing.
  const group = stage.by('nodeManager', vpcLambda);
  expectCode(
    await group.merge(`/api/v1/nodes/${leaving}`, {
      metadata: { labels: { 'node.kubernetes.io/exclude-from-external-load-balancers': 'true' } },
      spec: { unschedulable: true },
    }),
    200,
  );
  const evict = (name: string, more?: object) => group.post(`${pods}/${name}/eviction`, eviction(name, more));
  for (let tries = 0; tries < 3; tries += 1) expectCode(await evict(held), 429);
  expectCode(await evict('twice'), 500);
  expectCode(await evict('gone'), 404);
  expectCode(
    await evict('other', { deleteOptions: { preconditions: { uid: '00000000-0000-0000-0000-000000000000' } } }),
    409,
  );
  for (const name of await named('free')) expectCode(await evict(name), 201);
  await group.get(`/api/v1/nodes/${leaving}`);
  await group.get(`${pods}?fieldSelector=spec.nodeName%3D${leaving}`);
  expectCode(await hand.put('/apis/policy/v1/namespaces/shop/poddisruptionbudgets/web', await relaxed(stage)), 200);
  await stage.until(
    'the budget lets one go',
    async () =>
      (await hand.get('/apis/policy/v1/namespaces/shop/poddisruptionbudgets/web')).body.status.disruptionsAllowed > 0,
  );
  expectCode(await evict(held), 201);

  // The product.
  const product = createKubeCluster(stage.transport('drainer'), { leaseNamespace: 'ops', reportingInstance: 'drain' });
  const taint = { key: 'eks-node-lifecycle/draining', value: '', effect: 'NoSchedule' as const };
  await product.patchNode(
    idle[0],
    {
      metadata: { labels: { 'node.kubernetes.io/exclude-from-external-load-balancers': 'true' } },
      spec: { unschedulable: true, taints: [taint] },
    },
    signal,
  );
  const { uid } = (await hand.get(`${pods}/solo`)).body.metadata;
  await product.evictPod({ namespace: 'shop', name: 'solo', uid }, {}, signal);
  const twice = (await hand.get(`${pods}/twice`)).body.metadata;
  await product.deletePod({ namespace: 'shop', name: 'twice', uid: twice.uid }, { graceSeconds: 1 }, signal);
  await product.patchNode(idle[0], { spec: { unschedulable: false, taints: [] } }, signal);

  // kubectl: strategic merge patches, with null for an uncordon.
  for (const args of [
    ['cordon', idle[1]],
    ['uncordon', idle[1]],
    ['taint', 'node', idle[1], 'example.com/gpu=true:NoSchedule'],
    ['taint', 'node', idle[1], 'example.com/gpu-'],
    ['cordon', staying],
    ['uncordon', staying],
  ])
    await stage.kubectl('ana', ...args);
  expectCode(await hand.post(pods, podOf('late', { nodeName: idle[1] })), 201);
  await stage.kubectl('ana', 'drain', idle[1], '--force', '--grace-period=0', '--timeout=5s');

  // Whole objects, and a list of operations.
  const legacy = stage.by('operator', 'legacy-operator/2.1');
  const replace = async (change: (spec: Record<string, unknown>) => void) => {
    const { body } = await legacy.get(`/api/v1/nodes/${idle[2]}`);
    change(body.spec);
    return legacy.put(`/api/v1/nodes/${idle[2]}`, body);
  };
  await stage.until(
    'a cordon by PUT',
    async () => (await replace((spec) => Object.assign(spec, { unschedulable: true }))).code === 200,
  );
  await stage.until(
    'an uncordon by PUT',
    async () => (await replace((spec) => delete spec.unschedulable)).code === 200,
  );
  expectCode(
    await legacy.json(`/api/v1/nodes/${idle[2]}`, [{ op: 'add', path: '/spec/unschedulable', value: true }]),
    200,
  );
  expectCode(await legacy.json(`/api/v1/nodes/${idle[2]}`, [{ op: 'remove', path: '/spec/unschedulable' }]), 200);

  // Karpenter: taints the node, evicts, deletes it.
  const karpenter = stage.by('karpenter', 'karpenter/1.8.0');
  expectCode(
    await karpenter.merge(`/api/v1/nodes/${idle[2]}`, {
      spec: { taints: [{ key: 'karpenter.sh/disrupted', effect: 'NoSchedule' }] },
    }),
    200,
  );
  expectCode(await karpenter.post(`${pods}/lone/eviction`, eviction('lone')), 201);
  expectCode(await karpenter.del(`/api/v1/nodes/${idle[2]}`), 200);

  // Pods deleted outright.
  expectCode(await stage.by('ana').del(`${pods}/${second}`), 200);
  expectCode(await stage.by('operator').del(`${pods}?labelSelector=app%3Dfree`), 200);
  expectCode(await stage.by('ana').del(`${pods}/gone`), 404);
}

async function relaxed(stage: Stage): Promise<object> {
  const { body } = await stage.by('stagehand').get('/apis/policy/v1/namespaces/shop/poddisruptionbudgets/web');
  return { ...body, spec: budgetOf('web', 'web', 2).spec };
}
