import type { Cluster } from '../cluster/create-cluster.ts';

/** What `kubectl patch --type merge` does, as an administrator. Throws when the API server refuses it. */
export async function patch(cluster: Cluster, path: string, body: object): Promise<void> {
  const contentType = 'application/merge-patch+json';
  const { signal } = new AbortController();
  const { status } = await cluster.transportFor().request({ method: 'PATCH', path, contentType, body }, signal);
  if (status !== 200) throw new Error(`patching ${path}: HTTP ${status}`);
}
