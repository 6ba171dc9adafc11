import { type Attempt, budgetKey } from './attempt.ts';
import { budgetsOf } from './budget-match.ts';
import type { BudgetView } from './node.ts';
import type { PodView } from './pod.ts';

/**
 * How many more requests may go out: within the drain's share of the cluster's limit, and for one budget max(1, disruptionsAllowed), since
 * evictions under one budget contend for one object.
 */
export interface EvictionRoom {
  take(pod: PodView): boolean;
}

export function measureRoom(input: {
  pods: readonly PodView[];
  attempts: ReadonlyMap<string, Attempt>;
  budgets: readonly BudgetView[];
  inFlightLimit: number;
}): EvictionRoom {
  const inFlight = input.pods.filter((pod) => input.attempts.get(pod.uid)?.inFlight);
  let left = Math.max(1, Math.floor(input.inFlightLimit)) - inFlight.length;
  const leftOfBudget = new Map<string, number>();
  for (const budget of input.budgets) leftOfBudget.set(budgetKey(budget), Math.max(1, budget.disruptionsAllowed));
  for (const pod of inFlight) spend(pod);
  return {
    take(pod) {
      const keys = keysOf(pod);
      if (left <= 0 || keys.some((key) => (leftOfBudget.get(key) ?? 0) <= 0)) return false;
      left -= 1;
      spend(pod);
      return true;
    },
  };

  function keysOf(pod: PodView): string[] {
    return budgetsOf(pod, input.budgets).map(budgetKey);
  }
  function spend(pod: PodView): void {
    for (const key of keysOf(pod)) leftOfBudget.set(key, (leftOfBudget.get(key) ?? 0) - 1);
  }
}

/** The drain's share of `maxInFlight`: an equal part for each node of the cluster that is being drained. */
export function shareOf(maxInFlight: number, drainingNodes: number): number {
  return Math.max(1, Math.floor(maxInFlight / Math.max(1, drainingNodes)));
}

/** Halved when the API server says that it is overloaded, otherwise one more for each full round of accepted evictions. */
export function adjustLimit(limit: number, outcome: 'overload' | 'accepted', share: number): number {
  return outcome === 'overload' ? Math.max(1, limit / 2) : Math.min(share, limit + 1 / limit);
}
