import type {
  ClusterObjects,
  Metadata,
  ObjectList,
  PodController,
  Service,
} from '../audit/network/kubernetes-shapes.ts';
import type { DeniedRead } from '../audit/network/snapshot.ts';
import type { ApiFailure } from '../lifecycle/api-failure.ts';
import { list } from './kube-list.ts';
import type { KubeTransport } from './kube-transport.ts';

/** One list of a cluster's API. */
interface Wanted {
  /** As `kubectl get` calls it; several paths may be of one. */
  name: keyof ClusterObjects;
  /** For a person: the right that it takes. */
  action: string;
  path: string;
  /** Default: all of it. Of what is only looked for by its name, that is enough. */
  keep?: (item: never) => 'whole' | 'name' | 'none';
  /** It is of a custom resource, which a cluster may not have. */
  custom?: true;
}

const controller = 'aws-load-balancer-controller';

const wanted: readonly Wanted[] = [
  { name: 'nodes', action: 'list nodes', path: '/api/v1/nodes' },
  { name: 'deployments', action: 'list deployments.apps', path: '/apis/apps/v1/deployments', keep: isController },
  {
    name: 'daemonsets',
    action: 'list daemonsets.apps',
    path: '/apis/apps/v1/daemonsets',
    keep: ({ metadata }: PodController) => (metadata.name === 'aws-node' ? 'whole' : 'name'),
  },
  { name: 'services', action: 'list services', path: '/api/v1/services', keep: isBalanced },
  { name: 'ingresses', action: 'list ingresses.networking.k8s.io', path: '/apis/networking.k8s.io/v1/ingresses' },
  {
    name: 'ingressclasses',
    action: 'list ingressclasses.networking.k8s.io',
    path: '/apis/networking.k8s.io/v1/ingressclasses',
  },
  {
    name: 'ingressclassparams',
    action: 'list ingressclassparams.elbv2.k8s.aws',
    path: '/apis/elbv2.k8s.aws/v1beta1/ingressclassparams',
    custom: true,
  },
  {
    name: 'ingressclassparams',
    action: 'list ingressclassparams.eks.amazonaws.com',
    path: '/apis/eks.amazonaws.com/v1/ingressclassparams',
    custom: true,
  },
  {
    name: 'eniconfigs',
    action: 'list eniconfigs.crd.k8s.amazonaws.com',
    path: '/apis/crd.k8s.amazonaws.com/v1alpha1/eniconfigs',
    custom: true,
  },
];

/** What can be read inside a cluster. The first read tells whether it can be reached at all; nobody waits for the others when it cannot. */
export async function readObjects(
  transport: KubeTransport,
  clusterName: string,
  signal: AbortSignal,
): Promise<{ objects: ClusterObjects; denied: DeniedRead[] }> {
  const objects: Record<string, ObjectList<unknown>> = {};
  const denied: DeniedRead[] = [];
  const refuse = ({ action }: Wanted, { message }: ApiFailure) => denied.push({ action, about: clusterName, message });
  const refusedNames = new Set<string>();
  for (const [at, each] of wanted.entries()) {
    const { name, path, keep = () => 'whole', custom } = each;
    const view = (item: unknown) => kept(item as Whole, keep(item as never));
    const answer = await list(transport, { path }, view, signal);
    if (answer.ok) objects[name] = { items: [...(objects[name]?.items ?? []), ...answer.value.items] };
    else if (custom && answer.failure.code === 404) objects[name] ??= { items: [] };
    else {
      refusedNames.add(name);
      refuse(each, answer.failure);
      if (answer.failure.code !== undefined && answer.failure.code !== 401) continue;
      for (const other of wanted.slice(at + 1)) refuse(other, answer.failure);
      break;
    }
  }
  for (const name of refusedNames) delete objects[name];
  return { objects: objects as ClusterObjects, denied };
}

interface Whole {
  metadata: Metadata;
  spec?: unknown;
  status?: { capacity?: unknown; allocatable?: unknown };
}

function kept(item: Whole, how: 'whole' | 'name' | 'none'): unknown {
  if (how === 'none') return undefined;
  const { name, namespace } = item.metadata;
  return how === 'whole' ? slim(item) : { metadata: { name, ...(namespace && { namespace }) } };
}

/** Without what is long and not looked at: managed fields, images, conditions. */
function slim({ metadata, spec, status }: Whole): unknown {
  const { name, namespace, labels, annotations } = metadata;
  const { capacity, allocatable } = status ?? {};
  return {
    metadata: { name, ...(namespace && { namespace }), ...(labels && { labels }), ...(annotations && { annotations }) },
    ...(spec !== undefined && { spec }),
    ...(capacity !== undefined && { status: { capacity, allocatable } }),
  };
}

function isController({ metadata, spec }: PodController): 'whole' | 'name' {
  const images = spec?.template?.spec?.containers?.map(({ image = '' }) => image) ?? [];
  const words = [metadata.name, metadata.labels?.['app.kubernetes.io/name'] ?? '', ...images];
  return words.some((text) => text.includes(controller)) ? 'whole' : 'name';
}

function isBalanced({ spec }: Service): 'whole' | 'none' {
  return spec?.type === 'LoadBalancer' ? 'whole' : 'none';
}
