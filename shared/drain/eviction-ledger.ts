import { type Attempt, budgetKey, noAttempt, wakeHeld } from '../lifecycle/attempt.ts';
import { adjustLimit } from '../lifecycle/eviction-room.ts';
import type { BudgetView } from '../lifecycle/node.ts';

/** What this tick has tried, and how many requests it may have in flight. */
export interface Ledger {
  attempts: Map<string, Attempt>;
  inFlightLimit: number;
  share: number;
  /** When the limit was last halved; epoch milliseconds. */
  halvedAt: number;
  /** When a budget last gave way to a pod that it held; epoch milliseconds. */
  wokenAt: number;
}

export function openLedger(share: number): Ledger {
  return { attempts: new Map(), inFlightLimit: share, share, halvedAt: 0, wokenAt: 0 };
}

export function isAnyInFlight(ledger: Ledger): boolean {
  return ledger.attempts.values().some((attempt) => attempt.inFlight);
}

export function markInFlight(ledger: Ledger, uid: string): void {
  ledger.attempts.set(uid, { ...(ledger.attempts.get(uid) ?? noAttempt), inFlight: true });
}

/** A budget gave way, or is gone: the pods that it held are asked for again. */
export function wakeByBudgets(ledger: Ledger, budgets: readonly BudgetView[], now: number): void {
  const byKey = new Map(budgets.map((budget) => [budgetKey(budget), budget]));
  for (const [uid, attempt] of ledger.attempts) {
    const woken = wakeHeld(attempt, byKey, now);
    if (woken === attempt) continue;
    ledger.attempts.set(uid, woken);
    ledger.wokenAt = now;
  }
}

/** Fifty requests refused together say once that there were too many. */
const burstMilliseconds = 1_000;

/** Fewer requests at a time after an overload, slowly more again after accepted ones. */
export function learnLimit(ledger: Ledger, outcome: 'accepted' | 'overload', now: number): void {
  if (outcome === 'overload') {
    if (now - ledger.halvedAt < burstMilliseconds) return;
    ledger.halvedAt = now;
  }
  ledger.inFlightLimit = adjustLimit(ledger.inFlightLimit, outcome, ledger.share);
}
