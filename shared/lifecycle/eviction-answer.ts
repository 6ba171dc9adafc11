import type { ApiAnswer, ApiFailure } from './api-failure.ts';
import type { PodRef, PodView } from './pod.ts';

/** What one eviction came to, after the follow-up question that some answers need. */
export type EvictionOutcome =
  | { kind: 'accepted' }
  | { kind: 'gone' }
  | { kind: 'terminating' }
  | { kind: Refusal | Hindrance; text: string; budget?: BudgetHold; retryAfterSeconds?: number };

/** The cluster said no: past the pod's force moment a delete may follow. */
export type Refusal =
  | 'budget'
  | 'budget-not-processed'
  | 'two-budgets'
  | 'namespace-terminating'
  | 'admission'
  | 'webhook-down'
  | 'missing-right';

/** Nobody said no: only asked again. */
export type Hindrance = 'conflict' | 'overload' | 'trouble';

/** Which budget holds a pod: healthy pods it needs and has. */
export interface BudgetHold {
  name: string | undefined;
  needs: number | undefined;
  has: number | undefined;
}

export type EvictionAnswer =
  | { settled: EvictionOutcome }
  /** GET the pod, then `afterLook`. */
  | { look: Extract<EvictionOutcome, { text: string }> }
  /** Ask a SelfSubjectAccessReview for `create pods/eviction`, then `afterReview`. */
  | { review: string };

/**
 * Reads an answer of the eviction API. The order matters: a webhook may deny with any code, so its words are looked for before 404
 * is read as gone, 429 as overload or 500 as trouble. https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
 */
export function classifyEviction(answer: ApiAnswer<void>): EvictionAnswer {
  if (answer.ok) return { settled: { kind: 'accepted' } };
  const { failure } = answer;
  const { code, message } = failure;
  if (isWebhookDenial(failure)) return { settled: { kind: 'admission', text: message } };
  if (code === 404) return { settled: { kind: 'gone' } };
  if (code === 500 && message.includes('failed calling webhook'))
    return { settled: { kind: 'webhook-down', text: message } };
  if (code === 500 && message.includes('more than one PodDisruptionBudget'))
    return { settled: { kind: 'two-budgets', text: message } };
  if (code === 409) return { look: { kind: 'conflict', text: message } };
  if (code === 429) return tooManyRequests(failure);
  if (code === 401) return { settled: { kind: 'missing-right', text: `the cluster does not know us: ${message}` } };
  if (code === 403) {
    if (hasCause(failure, 'NamespaceTerminating')) return { look: { kind: 'namespace-terminating', text: message } };
    return { review: message };
  }
  if (code === undefined || code >= 500 || code === 408) return { settled: { kind: 'trouble', text: message } };
  return { settled: { kind: 'admission', text: message } };
}

/** After a GET: another pod of the same name, or the same one elsewhere, means that ours is gone. */
export function afterLook(
  pending: Extract<EvictionOutcome, { text: string }>,
  pod: PodRef & Pick<PodView, 'nodeName'>,
  look: ApiAnswer<PodView>,
): EvictionOutcome {
  if (!look.ok) return look.failure.code === 404 ? { kind: 'gone' } : pending;
  const same = look.value.uid === pod.uid && look.value.nodeName === pod.nodeName;
  if (!same) return { kind: 'gone' };
  return look.value.deletionAt === undefined ? pending : { kind: 'terminating' };
}

/** After a SelfSubjectAccessReview: without the right it is ours to fix, with it an admission plugin said no. */
export function afterReview(
  message: string,
  review: ApiAnswer<boolean>,
  right = 'create pods/eviction',
): EvictionOutcome {
  if (review.ok && review.value) return { kind: 'admission', text: message };
  return { kind: 'missing-right', text: `${review.ok ? '' : 'perhaps '}no right to ${right}: ${message}` };
}

export function isRefusal(outcome: EvictionOutcome | undefined): boolean {
  return outcome !== undefined && isRefusalKind(outcome.kind);
}

export function isRefusalKind(kind: EvictionOutcome['kind']): kind is Refusal {
  return refusals.has(kind);
}

const refusals: ReadonlySet<string> = new Set<Refusal>([
  'budget',
  'budget-not-processed',
  'two-budgets',
  'namespace-terminating',
  'admission',
  'webhook-down',
  'missing-right',
]);

function tooManyRequests(failure: ApiFailure): EvictionAnswer {
  const cause = failure.causes.find(({ reason }) => reason === 'DisruptionBudget');
  const wait = failure.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: failure.retryAfterSeconds };
  if (!cause) return { settled: { kind: 'overload', text: failure.message, ...wait } };
  const text = cause.message || failure.message;
  const kind = failure.retryAfterSeconds === undefined ? 'budget' : 'budget-not-processed';
  return { look: { kind, text, budget: readBudgetHold(text), ...wait } };
}

/** Reads `The disruption budget NAME needs N healthy pods and has M currently`, as the server words it. */
export function readBudgetHold(text: string): BudgetHold {
  const [, name, needs, has] =
    /disruption budget (\S+)(?: needs (\d+) healthy pods and has (\d+) currently)?/i.exec(text) ?? [];
  return {
    name,
    needs: needs === undefined ? undefined : Number(needs),
    has: has === undefined ? undefined : Number(has),
  };
}

function isWebhookDenial(failure: ApiFailure): boolean {
  return failure.message.includes('admission webhook "');
}

function hasCause(failure: ApiFailure, reason: string): boolean {
  return failure.causes.some((cause) => cause.reason === reason);
}
