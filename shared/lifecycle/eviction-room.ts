import type { Attempt } from './attempt.ts';
import { selects } from './budget-match.ts';
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
  /** All pods of the node, whatever their verdict: one may have changed while its request is under way. */
  pods: readonly PodView[];
  attempts: ReadonlyMap<string, Attempt>;
  budgets: readonly BudgetView[];
  inFlightLimit: number;
}): EvictionRoom {
  const inFlight = input.attempts.values().filter((attempt) => attempt.inFlight);
  let left = Math.max(1, Math.floor(input.inFlightLimit)) - [...inFlight].length;
  const shares = input.budgets.map((budget) => ({ budget, left: Math.max(1, budget.disruptionsAllowed) }));
  for (const pod of input.pods) if (input.attempts.get(pod.uid)?.inFlight) spend(sharesOf(pod));
  return {
    take(pod) {
      const mine = sharesOf(pod);
      if (left <= 0 || mine.some((share) => share.left <= 0)) return false;
      left -= 1;
      spend(mine);
      return true;
    },
  };

  function sharesOf(pod: PodView): { left: number }[] {
    return shares.filter(({ budget }) => selects(budget, pod));
  }
  function spend(mine: readonly { left: number }[]): void {
    for (const share of mine) share.left -= 1;
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
