import type { Cluster } from '../cluster/create-cluster.ts';
import type { KubeObject, ResourceName } from '../cluster/objects.ts';
import type { ClusterChange } from './observation.ts';

const paths: Partial<Record<ResourceName, string>> = {
  nodes: '/api/v1/nodes',
  pods: '/api/v1/pods',
  poddisruptionbudgets: '/apis/policy/v1/poddisruptionbudgets',
  volumeattachments: '/apis/storage.k8s.io/v1/volumeattachments',
};

/** Tells what there is, nodes first, then every change, as any client of the API server could see it. `ended` rejects when the signal aborts. */
export async function watchCluster(
  cluster: Cluster,
  tell: (change: ClusterChange) => void,
  signal: AbortSignal,
): Promise<{ ended: Promise<unknown> }> {
  const transport = cluster.transportFor();
  const follow = async (resource: ResourceName, path: string) => {
    const { body } = await transport.request({ method: 'GET', path }, signal);
    const { items, metadata } = body as { items: KubeObject[]; metadata: { resourceVersion: string } };
    for (const object of items) tell({ resource, type: 'LISTED', object });
    return async () => {
      const query = { watch: 'true', resourceVersion: metadata.resourceVersion };
      for await (const { type, object } of transport.watch({ path, query }, signal)) {
        tell({ resource, type, object: object as KubeObject });
      }
    };
  };
  const watches: (() => Promise<void>)[] = [];
  for (const [name, path] of Object.entries(paths)) watches.push(await follow(name as ResourceName, path));
  return { ended: Promise.all(watches.map((watch) => watch())) };
}
