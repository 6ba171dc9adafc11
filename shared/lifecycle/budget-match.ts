import type { BudgetView, LabelSelectorView } from './node.ts';
import type { PodView } from './pod.ts';

/** The budgets that select a pod. */
export function budgetsOf(pod: Pick<PodView, 'namespace' | 'labels'>, budgets: readonly BudgetView[]): BudgetView[] {
  return budgets.filter((budget) => selects(budget, pod));
}

/** In the same namespace only; in policy/v1 an empty selector takes every pod, a missing one none. */
export function selects(
  budget: Pick<BudgetView, 'namespace' | 'selector'>,
  pod: Pick<PodView, 'namespace' | 'labels'>,
): boolean {
  return budget.namespace === pod.namespace && matchesSelector(budget.selector, pod.labels);
}

/** As Kubernetes reads a label selector: a missing one takes nothing, an empty one everything. */
export function matchesSelector(
  selector: LabelSelectorView | undefined,
  labels: Readonly<Record<string, string>>,
): boolean {
  if (!selector) return false;
  return (
    Object.entries(selector.matchLabels).every(([key, value]) => labels[key] === value) &&
    selector.matchExpressions.every((expression) => matchesExpression(expression, labels))
  );
}

function matchesExpression(
  { key, operator, values }: LabelSelectorView['matchExpressions'][number],
  labels: Readonly<Record<string, string>>,
): boolean {
  const value = labels[key];
  const listed = value !== undefined && values.includes(value);
  switch (operator) {
    case 'In':
      return listed;
    case 'NotIn':
      return !listed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
