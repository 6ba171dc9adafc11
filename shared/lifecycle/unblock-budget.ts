import { healthyOf, holdsUnready, isUnprocessed, neverAllows } from './causes.ts';
import { inNamespace } from './kubectl.ts';
import type { BudgetView, LabelSelectorView } from './node.ts';
import type { PodView } from './pod.ts';
import { workloadOf } from './workload.ts';

const mostBudgets = 5;

/** What to do about the budgets that hold a pod, `mine`. */
export function budgetCommand(pod: PodView, mine: readonly BudgetView[]): string {
  const [budget, second] = mine;
  const { namespace } = pod;
  if (!budget) return inNamespace(namespace, 'get', 'pdb');
  if (second || budget.syncFailure !== undefined || isUnprocessed(budget)) {
    const names = mine.map(({ name }) => name).sort();
    return inNamespace(namespace, 'describe', 'pdb', ...names.slice(0, mostBudgets));
  }
  if (holdsUnready(budget, pod)) return patchBudget(budget, { unhealthyPodEvictionPolicy: 'AlwaysAllow' });
  if (neverAllows(budget)) return makeRoom(pod, budget);
  const selector = selectorText(budget.selector);
  if (budget.currentHealthy < budget.expectedPods && selector !== undefined)
    return inNamespace(namespace, 'get', 'pods', '-o', 'wide', '-l', selector);
  return inNamespace(namespace, 'get', 'pdb', budget.name);
}

/**
 * One more replica first, since the budget of a single pod is there to keep it. Only of a Deployment: another member of a StatefulSet may be
 * more than a copy.
 */
function makeRoom(pod: PodView, budget: BudgetView): string {
  const { namespace } = pod;
  const workload = workloadOf(pod);
  const deployment = workload?.kind === 'deployment' ? workload.name : undefined;
  const enough = enoughReplicas(budget);
  if (deployment !== undefined && enough !== undefined) return scale(namespace, deployment, enough);
  const { minAvailable } = budget;
  const patch = patchBudget(budget, {
    ...(minAvailable === undefined ? {} : { minAvailable: null }),
    maxUnavailable: 1,
  });
  if (budget.expectedPods > 1) return patch;
  if (deployment === undefined) return inNamespace(namespace, 'get', 'pdb', budget.name);
  const rolled = inNamespace(namespace, 'rollout', 'status', 'deployment', deployment);
  return [scale(namespace, deployment, 2), rolled, patch].join(' && ');
}

function scale(namespace: string, deployment: string, replicas: number): string {
  return inNamespace(namespace, 'scale', 'deployment', deployment, `--replicas=${replicas}`);
}

/** The fewest replicas with which a budget allows a disruption; undefined: none does, or many times as many as there are. */
function enoughReplicas({ minAvailable = Number.POSITIVE_INFINITY, expectedPods }: BudgetView): number | undefined {
  for (let replicas = 1; replicas <= Math.max(10, 2 * expectedPods); replicas += 1)
    if (healthyOf(minAvailable, replicas) < replicas) return replicas;
  return undefined;
}

function patchBudget({ namespace, name }: BudgetView, spec: object): string {
  return inNamespace(namespace, 'patch', 'pdb', name, '--type=merge', '-p', JSON.stringify({ spec }));
}

/** As kubectl takes it; undefined for one with an operator that nobody knows. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
export function selectorText(selector: LabelSelectorView | undefined): string | undefined {
  if (!selector) return undefined;
  const { matchLabels, matchExpressions } = selector;
  const parts = [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values }) => {
      if (operator === 'Exists') return key;
      if (operator === 'DoesNotExist') return `!${key}`;
      if (operator === 'In' || operator === 'NotIn') return `${key} ${operator.toLowerCase()} (${values.join(',')})`;
      return undefined;
    }),
  ];
  return parts.length === 0 || parts.includes(undefined) ? undefined : parts.join(',');
}
