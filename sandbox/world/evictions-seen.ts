import type { Cluster } from '../cluster/create-cluster.ts';
import type { Observer } from './observation.ts';

const path = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/eviction$/;

/** The cluster, which tells when an eviction is asked of it and when it has answered. */
export function tellingEvictions(cluster: Cluster, observe: Observer): Cluster {
  return {
    ...cluster,
    handle: async (request, identity, signal) => {
      const [, namespace, name = ''] = path.exec(request.path) ?? [];
      if (namespace === undefined) return cluster.handle(request, identity, signal);
      const nodeName = cluster.get('pods', name, namespace)?.spec.nodeName;
      const tell = (status: number | undefined) =>
        observe({ at: Date.now(), from: 'eviction', eviction: { pod: `${namespace}/${name}`, nodeName, status } });
      let status = 0;
      tell(undefined);
      try {
        const response = await cluster.handle(request, identity, signal);
        status = response.status;
        return response;
      } finally {
        tell(status);
      }
    },
  };
}
