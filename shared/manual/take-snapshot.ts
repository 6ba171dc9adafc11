import type { ClusterPort } from '../cluster-port.ts';
import type { InventoryPort } from '../inventory-port.ts';
import type { ApiAnswer, ApiFailure } from '../lifecycle/api-failure.ts';
import type { ClusterSnapshot, SnapshotPart, UnreadPart } from '../plan/snapshot.ts';

export interface SnapshotPorts {
  cluster: Pick<ClusterPort, 'listBudgets'>;
  inventory: InventoryPort;
}

export type SnapshotAnswer = { ok: true; snapshot: ClusterSnapshot } | { ok: false; what: string; failure: ApiFailure };

/** Rights that each part needs: https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb */
const rights: Record<SnapshotPart, string> = {
  budgets: 'list poddisruptionbudgets',
  claims: 'list persistentvolumeclaims',
  volumes: 'list persistentvolumes',
  daemonSets: 'list daemonsets',
};

/** One look at the cluster in six lists. Without nodes or pods there is none; any other part may be missing. */
export async function takeSnapshot(
  { cluster, inventory }: SnapshotPorts,
  signal: AbortSignal,
): Promise<SnapshotAnswer> {
  const [nodes, pods, budgets, claims, volumes, daemonSets] = await Promise.all([
    inventory.listNodes(undefined, signal),
    inventory.listPods(signal),
    cluster.listBudgets(signal),
    inventory.listClaims(signal),
    inventory.listVolumes(signal),
    inventory.listDaemonSets(signal),
  ]);
  if (!nodes.ok) return { ok: false, what: 'listing the nodes', failure: nodes.failure };
  if (!pods.ok) return { ok: false, what: 'listing the pods', failure: pods.failure };
  const unread: UnreadPart[] = [];
  const read = <T>(part: SnapshotPart, answer: ApiAnswer<T>): T | undefined => {
    if (answer.ok) return answer.value;
    const { code, message } = answer.failure;
    unread.push({ part, right: code === 403 ? rights[part] : undefined, message });
    return undefined;
  };
  const snapshot = {
    nodes: nodes.value,
    pods: pods.value,
    budgets: read('budgets', budgets)?.items,
    claims: read('claims', claims),
    volumes: read('volumes', volumes),
    daemonSets: read('daemonSets', daemonSets),
    unread,
  };
  return { ok: true, snapshot };
}
