import { setTimeout as delay } from 'node:timers/promises';
import { overload } from '../../../sandbox/cluster/api-trouble.ts';
import type { KubeTransport } from '../../../shared/adapters/kube-transport.ts';

const signal = new AbortController().signal;
const flowControl = '/apis/flowcontrol.apiserver.k8s.io/v1';
const tries = 100;

/** One seat for evictions, as a model has it: whoever finds it taken is turned away. */
export function createSqueezable(transport: KubeTransport): { transport: KubeTransport; squeeze: () => void } {
  let squeezed = false;
  let taken = false;
  return {
    squeeze: () => {
      squeezed = true;
    },
    transport: {
      ...transport,
      async request(request, until) {
        if (!squeezed || !request.path.endsWith('/eviction')) return transport.request(request, until);
        if (taken) return { headers: {}, ...overload(1) };
        taken = true;
        try {
          return await transport.request(request, until);
        } finally {
          taken = false;
        }
      },
    },
  };
}

/**
 * The same by API Priority and Fairness: a priority level without a share of its own runs one request at a time.
 * https://kubernetes.io/docs/concepts/cluster-administration/flow-control/ Returns what takes it away again.
 */
export async function squeezeGroup(
  admin: KubeTransport,
  group: string,
  member: KubeTransport,
): Promise<() => Promise<void>> {
  const made: string[] = [];
  const create = async (plural: string, spec: object): Promise<string> => {
    const path = `${flowControl}/${plural}`;
    const { status, body } = await admin.request(
      { method: 'POST', path, body: { metadata: { name: group }, spec } },
      signal,
    );
    if (status > 299) throw new Error(`POST ${path}: ${status} ${JSON.stringify(body)}`);
    made.unshift(`${path}/${group}`);
    return (body as { metadata: { uid: string } }).metadata.uid;
  };
  const limited = {
    nominalConcurrencyShares: 0,
    lendablePercent: 0,
    borrowingLimitPercent: 0,
    limitResponse: { type: 'Reject' },
  };
  await create('prioritylevelconfigurations', { type: 'Limited', limited });
  const evictions = { apiGroups: [''], resources: ['pods/eviction'], verbs: ['*'], namespaces: ['*'] };
  const flow = await create('flowschemas', {
    matchingPrecedence: 500,
    priorityLevelConfiguration: { name: group },
    rules: [{ subjects: [{ kind: 'Group', group: { name: group } }], resourceRules: [evictions] }],
  });
  await untilItFlows(member, flow);
  return async () => {
    for (const path of made) await admin.request({ method: 'DELETE', path }, signal);
  };
}

/** The server learns of flow schemas by watching; its answers say which one a request came under. */
async function untilItFlows(member: KubeTransport, flow: string): Promise<void> {
  const path = '/api/v1/namespaces/default/pods/no-such-pod/eviction';
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'no-such-pod' } };
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const { headers } = await member.request({ method: 'POST', path, body }, signal);
    if (headers['x-kubernetes-pf-flowschema-uid'] === flow) return;
    await delay(100);
  }
  throw new Error('the flow schema did not take effect');
}
