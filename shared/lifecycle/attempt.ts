import { type EvictionOutcome, isRefusal } from './eviction-answer.ts';
import type { BudgetView } from './node.ts';
import { retryDelay } from './retry-delay.ts';

/** What this tick knows of its evictions of one pod; nothing of it outlives the tick. Instants are epoch milliseconds. */
export interface Attempt {
  tries: number;
  triesInARow: number;
  inFlight: boolean;
  triedAt: number | undefined;
  /** Not asked again before. */
  notBefore: number;
  /** Not deleted past its budgets before: another drain has its turn. */
  forceNotBefore: number;
  last: EvictionOutcome | undefined;
  /** When an eviction was refused last, unless the pod was on its way since. */
  refusedAt: number | undefined;
  /** Budgets that selected it when it was refused, as `namespace/name`. */
  heldBy: readonly string[];
}

export const noAttempt: Attempt = {
  tries: 0,
  triesInARow: 0,
  inFlight: false,
  triedAt: undefined,
  notBefore: 0,
  forceNotBefore: 0,
  last: undefined,
  refusedAt: undefined,
  heldBy: [],
};

/** The ledger's row after an answer; `random` is in [0, 1). */
export function afterAttempt(
  attempt: Attempt,
  outcome: EvictionOutcome,
  budgets: readonly BudgetView[],
  now: number,
  random: number,
): Attempt {
  const triesInARow = attempt.last?.kind === outcome.kind ? attempt.triesInARow + 1 : 1;
  return {
    ...attempt,
    tries: attempt.tries + 1,
    triesInARow,
    inFlight: false,
    triedAt: now,
    notBefore: now + retryDelay(outcome, triesInARow, random),
    last: outcome,
    refusedAt: isRefusal(outcome) ? now : 'text' in outcome ? attempt.refusedAt : undefined,
    heldBy: budgets.map(budgetKey),
  };
}

/** A change of a budget that now allows a disruption wakes the pods that it held. */
export function wakeHeldBy(attempt: Attempt, budget: BudgetView, now: number): Attempt {
  const held = attempt.last?.kind === 'budget';
  const wakes = held && attempt.heldBy.includes(budgetKey(budget)) && budget.disruptionsAllowed > 0;
  return wakes ? { ...attempt, notBefore: Math.min(attempt.notBefore, now) } : attempt;
}

export function budgetKey(budget: Pick<BudgetView, 'namespace' | 'name'>): string {
  return `${budget.namespace}/${budget.name}`;
}
