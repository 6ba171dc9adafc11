import type { KubeTransport } from '../../../shared/adapters/kube-transport.ts';
import type { GuardedTarget } from '../target.ts';
import type { Arrange } from './arrange.ts';
import { type RealHook, registerForReal } from './real-webhooks.ts';

const root = '/apis/flowcontrol.apiserver.k8s.io/v1';
const signal = new AbortController().signal;

/**
 * A priority level without seats and without queues lets one request run at a time and turns the others away. That one is an eviction
 * which a webhook keeps waiting. https://kubernetes.io/docs/concepts/cluster-administration/flow-control/
 */
export async function overloadForReal(
  { name, namespace, user, crowded }: { name: string; namespace: string; user: string; crowded: KubeTransport },
  arrange: Arrange,
): ReturnType<GuardedTarget['overload']> {
  const { create, eventually } = arrange;
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  arrange.undo(async () => release());
  const keeps: RealHook = {
    name: 'kept',
    on: 'evictions',
    failurePolicy: 'Fail',
    answer: 'allow',
    say: async () => {
      await released;
      return 'allow';
    },
  };
  const hooks = await registerForReal(name, namespace, [keeps], arrange);
  await create(`${root}/prioritylevelconfigurations`, { metadata: { name }, spec: level });
  const flow = await create(`${root}/flowschemas`, { metadata: { name }, spec: flowOf(user, name) });
  await eventually('the flow schema counts', async () => {
    const { headers } = await crowded.request({ method: 'GET', path: '/api/v1/pods', query: { limit: '1' } }, signal);
    return headers['x-kubernetes-pf-flowschema-uid'] === flow.metadata.uid;
  });
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'kept-busy' } };
  const path = `/api/v1/namespaces/${namespace}/pods/kept-busy/eviction`;
  const running = crowded.request({ method: 'POST', path, body }, signal);
  await eventually('the seat is taken', async () => hooks.asked() > 0);
  return {
    crowded,
    end: async () => {
      release();
      await running;
      await hooks.remove();
    },
  };
}

const level = {
  type: 'Limited',
  limited: {
    nominalConcurrencyShares: 0,
    lendablePercent: 0,
    borrowingLimitPercent: 0,
    limitResponse: { type: 'Reject' },
  },
};

function flowOf(user: string, level: string): object {
  const everything = {
    verbs: ['*'],
    apiGroups: ['*'],
    resources: ['*'],
    namespaces: ['*'],
    clusterScope: true,
  };
  return {
    priorityLevelConfiguration: { name: level },
    matchingPrecedence: 50,
    rules: [{ subjects: [{ kind: 'User', user: { name: user } }], resourceRules: [everything] }],
  };
}
