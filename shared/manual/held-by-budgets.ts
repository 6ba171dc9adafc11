import { budgetKey } from '../lifecycle/attempt.ts';
import { budgetsOf } from '../lifecycle/budget-match.ts';
import { neverAllows } from '../lifecycle/causes.ts';
import type { BudgetView } from '../lifecycle/node.ts';
import type { PodView } from '../lifecycle/pod.ts';

/** Pods that one cause holds, for a person. */
export interface HeldPods {
  code: string;
  text: string;
  /** As `namespace/name`. */
  pods: string[];
  /** What would let them go. */
  command?: string;
}

/** The pods whose budgets allow none of them to go now, by budget. */
export function heldByBudgets(pods: readonly PodView[], budgets: readonly BudgetView[]): HeldPods[] {
  const causes = new Map<string, HeldPods>();
  for (const pod of pods) {
    const cause = causeOf(budgetsOf(pod, budgets));
    if (!cause) continue;
    const known = causes.get(cause.text) ?? { ...cause, pods: [] };
    known.pods.push(`${pod.namespace}/${pod.name}`);
    causes.set(cause.text, known);
  }
  return [...causes.values()].toSorted((a, b) => b.pods.length - a.pods.length);
}

function causeOf(mine: readonly BudgetView[]): { code: string; text: string } | undefined {
  if (mine.length > 1) {
    const names = mine.map(budgetKey).toSorted().join(' and ');
    return { code: 'two-budgets', text: `more than one disruption budget selects it: ${names}` };
  }
  const [none] = mine.filter(({ disruptionsAllowed }) => disruptionsAllowed <= 0);
  if (!none) return undefined;
  const { currentHealthy, desiredHealthy } = none;
  const never = neverAllows(none);
  const text = `budget ${budgetKey(none)} needs ${desiredHealthy} healthy pods and has ${currentHealthy}`;
  return { code: 'budget', text: never ? `${text}; ${never}: it can never allow a disruption` : text };
}
