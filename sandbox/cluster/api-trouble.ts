import type { FaultAnswer } from '../faults.ts';

/** API Priority and Fairness turning a request away: plain text, not a Status, and always with Retry-After. */
export function overload(retryAfterSeconds: number): FaultAnswer {
  return {
    status: 429,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'retry-after': String(retryAfterSeconds) },
    body: 'Too many requests, please try again later.\n',
  };
}

/** What an eviction answers when the server could not write the budget for conflicts. */
export function budgetContention(budget: string): { timeout: FaultAnswer; conflict: FaultAnswer } {
  const text = `couldn't update PodDisruptionBudget ${JSON.stringify(budget)} due to conflicts`;
  const changed = 'the object has been modified; please apply your changes to the latest version and try again';
  return {
    timeout: {
      status: 504,
      headers: { 'retry-after': '10' },
      body: failure(504, `Timeout: ${text}`, 'Timeout', { retryAfterSeconds: 10 }),
    },
    conflict: {
      status: 409,
      body: failure(
        409,
        `Operation cannot be fulfilled on poddisruptionbudgets.policy ${JSON.stringify(budget)}: ${changed}`,
        'Conflict',
        { name: budget, group: 'policy', kind: 'poddisruptionbudgets' },
      ),
    },
  };
}

function failure(code: number, message: string, reason: string, details: object): object {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, details, code };
}
