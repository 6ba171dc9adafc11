import type { VerdictCode } from '../lifecycle/verdict.ts';
import type { DrainPlan } from './drain-plan.ts';

/** What lets a blocked pod go, in the words of `kubectl drain`. https://kubernetes.io/docs/reference/kubectl/generated/kubectl_drain/ */
const remedies: Partial<Record<VerdictCode, string>> = {
  'unmanaged-pod': '--force evicts pods that nothing will replace',
  'orphaned-daemonset-pod': '--force evicts pods whose DaemonSet is gone',
  'will-stay-pending': '--force evicts pods whose replacement will stay Pending without its local volume',
  'local-data': '--delete-emptydir-data gives up the data in emptyDir volumes',
  'do-not-disrupt': 'wait for the pods that ask not to be disrupted, or take their annotation away',
};

/** What to do so that the plan turns drainable; empty: nothing is in the way. */
export function nextSteps({ nodes, budgets, unknown }: Pick<DrainPlan, 'nodes' | 'budgets' | 'unknown'>): string[] {
  const blocking = nodes.flatMap(({ pods }) => pods).filter(({ verdict }) => verdict === 'block');
  const ofPods = [...new Set(blocking.map(({ code }) => remedies[code]))].filter((remedy) => remedy !== undefined);
  const ofBudgets = budgets.filter(({ outlook }) => outlook === 'never').map(({ next }) => next);
  const rights = unknown.map(({ right, text }) => (right ? `allow ${right}, to know ${text}` : undefined));
  return [...new Set([...ofPods, ...ofBudgets, ...rights].filter((step) => step !== undefined))];
}
