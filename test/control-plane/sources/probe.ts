import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { KubeConfig } from '@kubernetes/client-node';
import type { KubeRequest, KubeTransport } from '../../../shared/adapters/kube-transport.ts';
import { createKubeconfigTransport } from '../../../shared/adapters/kubeconfig-transport.ts';

/** What runs on a cluster beside its API server. */
export interface Running {
  controllers: boolean;
  scheduler: boolean;
  /** Makes a Node Ready that is annotated for it. */
  kwok: boolean;
}

const WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 250;

export async function probeFile(kubeconfig: string, signal: AbortSignal): Promise<Running> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const transport = createKubeconfigTransport(config);
  try {
    return await probe(transport, signal);
  } finally {
    transport.close();
  }
}

/**
 * Finds out what runs by what happens: a budget gets its status, a pod that fits nowhere is told so, a Node becomes Ready, each within ten
 * seconds. Leaves nothing behind. Throws when the API server refuses or does not answer.
 */
export async function probe(
  admin: KubeTransport,
  signal: AbortSignal,
  withinMilliseconds = WITHIN_MS,
): Promise<Running> {
  const name = `probe-${randomBytes(4).toString('hex')}`;
  const namespace = `/api/v1/namespaces/${name}`;
  const paths = {
    namespace,
    node: `/api/v1/nodes/${name}`,
    budget: `/apis/policy/v1/namespaces/${name}/poddisruptionbudgets/${name}`,
    pod: `${namespace}/pods/${name}`,
  };
  const metadata = { name };
  const end = AbortSignal.any([signal, AbortSignal.timeout(withinMilliseconds + 30_000)]);
  const ask = (request: KubeRequest) => admin.request(request, end);

  async function create(path: string, body: object): Promise<void> {
    const collection = path.slice(0, path.lastIndexOf('/'));
    for (let waited = 0; ; waited += LOOK_EVERY_MS) {
      const { status, body: answer } = await ask({ method: 'POST', path: collection, body });
      if (status < 300) return;
      // A new namespace takes a moment to get the service account without which some clusters refuse its pods.
      if (waited >= withinMilliseconds || status !== 403)
        throw new Error(`POST ${collection} was answered with ${status}: ${(answer as { message?: string }).message}`);
      await delay(LOOK_EVERY_MS, undefined, { signal: end });
    }
  }
  async function shows(path: string, sign: (status: Status) => boolean): Promise<boolean> {
    for (let waited = 0; waited < withinMilliseconds; waited += LOOK_EVERY_MS) {
      const { status, body } = await ask({ method: 'GET', path });
      if (status === 200 && sign((body as { status?: Status }).status ?? {})) return true;
      await delay(LOOK_EVERY_MS, undefined, { signal: end });
    }
    return false;
  }

  try {
    await create(paths.namespace, { metadata });
    await create(paths.node, {
      metadata: { name, annotations: { 'kwok.x-k8s.io/node': 'fake' } },
      spec: { unschedulable: true },
    });
    await create(paths.budget, { metadata, spec: { minAvailable: 0, selector: { matchLabels: { probe: name } } } });
    const containers = [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }];
    await create(paths.pod, { metadata, spec: { containers, nodeSelector: { 'probe/nowhere': name } } });
    const [controllers, scheduler, kwok] = await Promise.all([
      shows(paths.budget, ({ observedGeneration }) => observedGeneration === 1),
      shows(paths.pod, ({ conditions }) => has(conditions, 'PodScheduled', 'False')),
      shows(paths.node, ({ conditions }) => has(conditions, 'Ready', 'True')),
    ]);
    return { controllers, scheduler, kwok };
  } finally {
    for (const path of [paths.pod, paths.budget, paths.node, paths.namespace])
      await ask({ method: 'DELETE', path, body: { gracePeriodSeconds: 0 } }).catch(() => {});
  }
}

interface Status {
  observedGeneration?: number;
  conditions?: { type: string; status: string }[];
}

function has(conditions: Status['conditions'], type: string, status: string): boolean {
  return conditions?.some((condition) => condition.type === type && condition.status === status) ?? false;
}
