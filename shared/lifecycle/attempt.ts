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

/**
 * The ledger's row after an answer; `random` is in [0, 1). An answer and the questions that it raises may take long: the pod was tried, and
 * refused, when it was asked for.
 */
export function afterAttempt(
  attempt: Attempt,
  outcome: EvictionOutcome,
  budgets: readonly BudgetView[],
  now: number,
  random: number,
  askedAt = now,
): Attempt {
  const triesInARow = attempt.last?.kind === outcome.kind ? attempt.triesInARow + 1 : 1;
  return {
    ...attempt,
    tries: attempt.tries + 1,
    triesInARow,
    inFlight: false,
    triedAt: askedAt,
    notBefore: now + retryDelay(outcome, triesInARow, random),
    last: outcome,
    refusedAt: isRefusal(outcome) ? askedAt : 'text' in outcome ? attempt.refusedAt : undefined,
    heldBy: budgets.map(budgetKey),
  };
}

/** Wakes a pod that budgets held: one of them is gone, or the only one allows a disruption again. */
export function wakeHeld(attempt: Attempt, budgets: ReadonlyMap<string, BudgetView>, now: number): Attempt {
  const held = attempt.last?.kind === 'budget' || attempt.last?.kind === 'two-budgets';
  if (!held || attempt.notBefore <= now) return attempt;
  const [only, ...others] = attempt.heldBy;
  const gone = attempt.heldBy.some((key) => !budgets.has(key));
  const allows = only !== undefined && others.length === 0 && (budgets.get(only)?.disruptionsAllowed ?? 0) > 0;
  return gone || allows ? { ...attempt, notBefore: now } : attempt;
}

export function budgetKey(budget: Pick<BudgetView, 'namespace' | 'name'>): string {
  return `${budget.namespace}/${budget.name}`;
}
