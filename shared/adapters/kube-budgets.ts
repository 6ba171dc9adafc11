import type { ClusterPort } from '../cluster-port.ts';
import { budgetView } from './kube-budget-view.ts';
import { list } from './kube-list.ts';
import type { KubeTransport } from './kube-transport.ts';
import { watch } from './kube-watch.ts';
import { kubePath } from './kube-wire.ts';

const path = kubePath('apis', 'policy', 'v1', 'poddisruptionbudgets');

export function kubeBudgets(transport: KubeTransport): Pick<ClusterPort, 'listBudgets' | 'watchBudgets'> {
  return {
    listBudgets: async (signal) => list(transport, { path }, budgetView, signal),
    watchBudgets: (resourceVersion, signal) => watch(transport, { path }, resourceVersion, budgetView, signal),
  };
}
