import type { EvictionOutcome } from './eviction-answer.ts';

/**
 * How long to leave a pod alone after an eviction that did not take, in milliseconds. `triesInARow` counts answers of this kind, from 1;
 * `random` is in [0, 1). A budget is watched meanwhile, so its delay is the longest wait, not the usual one.
 */
export function retryDelay(outcome: EvictionOutcome, triesInARow: number, random: number): number {
  switch (outcome.kind) {
    case 'accepted':
    case 'terminating':
    case 'gone':
      return 5_000;
    case 'budget':
    case 'two-budgets':
      return 30_000;
    case 'budget-not-processed':
      return Math.max(1, outcome.retryAfterSeconds ?? 10) * 1000;
    case 'overload':
      return Math.max(1, outcome.retryAfterSeconds ?? 1) * 1000 + Math.round(random * 1000);
    case 'namespace-terminating':
      return 5_000;
    case 'missing-right':
      return 60_000;
    case 'admission':
    case 'webhook-down':
      return exponential(5_000, 60_000, triesInARow);
    case 'conflict':
      return jitter(exponential(500, 10_000, triesInARow), random);
    case 'trouble':
      return jitter(exponential(1_000, 30_000, triesInARow), random);
  }
}

function exponential(first: number, most: number, triesInARow: number): number {
  return Math.min(most, first * 2 ** (triesInARow - 1));
}

/** Between half and all of it. */
function jitter(milliseconds: number, random: number): number {
  return Math.round(milliseconds * (0.5 + random / 2));
}
