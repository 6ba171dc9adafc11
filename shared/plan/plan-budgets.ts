import { budgetKey } from '../lifecycle/attempt.ts';
import { holdsUnready, isUnprocessed, neverAllows } from '../lifecycle/causes.ts';
import type { BudgetView } from '../lifecycle/node.ts';
import { budgetCommand } from '../lifecycle/unblock-budget.ts';
import type { BudgetPlan } from './drain-plan.ts';
import type { PlanPod } from './snapshot.ts';

export interface Held {
  budget: BudgetView;
  /** Those of its pods that are to be evicted. */
  pods: readonly PlanPod[];
  /** Of those, how many no node seems to have room for. */
  pending: number;
  /** Other budgets that select one of the pods as well. */
  alsoSelectedBy: readonly BudgetView[];
}

/** What a disruption budget will do to the drain. */
export function planBudget(held: Held, isBypassed: boolean, isSurged: (pod: PlanPod) => boolean): BudgetPlan {
  const { budget, pods, alsoSelectedBy } = held;
  const { namespace, name, desiredHealthy: needs, currentHealthy: has, disruptionsAllowed: allows } = budget;
  const row = { namespace, name, needs, has, allows, pods: pods.length };
  if (isBypassed) return { ...row, outlook: 'bypassed', text: 'pods are deleted: no budget is asked' };
  if (alsoSelectedBy.length === 0 && neverAllows(budget) && pods.every(isSurged)) {
    const text = 'never allows one, but another pod is to be started first, and the Deployment takes the old one away';
    return { ...row, outlook: 'surged', text };
  }
  const never = neverReason(held);
  const text = never ?? allowance(held);
  const outlook = never ? 'never' : allows >= pods.length ? 'lets-go' : 'holds';
  return { ...row, outlook, text, ...(outlook === 'lets-go' ? {} : { next: commandFor(held) }) };
}

/** Nothing that a drain waits for changes this. https://kubernetes.io/docs/tasks/run-application/configure-pdb/ */
function neverReason({ budget, alsoSelectedBy }: Held): string | undefined {
  const others = alsoSelectedBy.map(budgetKey).sort();
  if (others.length > 0)
    return `pods of it are selected by ${others.join(' and ')} as well: the server refuses to evict them`;
  const never = neverAllows(budget);
  if (never) return `${never}: it can never allow a disruption`;
  return budget.syncFailure === undefined ? undefined : `its pods cannot be counted: ${budget.syncFailure}`;
}

function commandFor({ budget, pods, alsoSelectedBy }: Held): string {
  const one = pods.find((pod) => holdsUnready(budget, pod)) ?? pods[0];
  return one ? budgetCommand(one, [budget, ...alsoSelectedBy]) : '';
}

function allowance({ budget, pods, pending }: Held): string {
  const { disruptionsAllowed: allows, expectedPods, currentHealthy, desiredHealthy } = budget;
  const unready = pods.filter((pod) => holdsUnready(budget, pod)).length;
  return [
    allows >= pods.length
      ? `allows ${allows}`
      : `allows ${allows} at a time: needs ${desiredHealthy} healthy and has ${currentHealthy} of ${expectedPods}`,
    ...(isUnprocessed(budget) ? ['its last change is not counted yet'] : []),
    ...(unready > 0 ? [`${unready} of the pods not ready, which it holds as well`] : []),
    ...(pending > allows ? [`${pending} replacements seem to have nowhere to go: it may hold for ever`] : []),
  ].join('; ');
}

/** The budgets that select the pods to evict, with those pods. */
export function heldBy(
  budgets: readonly BudgetView[],
  leaving: readonly PlanPod[],
  budgetsOfPod: (pod: PlanPod) => readonly BudgetView[],
  isPending: (pod: PlanPod) => boolean,
): Held[] {
  const mine = new Map<BudgetView, PlanPod[]>(budgets.map((budget) => [budget, []]));
  for (const pod of leaving) for (const budget of budgetsOfPod(pod)) mine.get(budget)?.push(pod);
  return [...mine]
    .filter(([, pods]) => pods.length > 0)
    .map(([budget, pods]) => {
      const others = pods.flatMap((pod) => budgetsOfPod(pod).filter((other) => other !== budget));
      const alsoSelectedBy = [...new Set(others)];
      return { budget, pods, pending: pods.filter(isPending).length, alsoSelectedBy };
    });
}
