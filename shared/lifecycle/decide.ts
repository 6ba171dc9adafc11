import { type Attempt, noAttempt } from './attempt.ts';
import { forceMomentOf, graceOf, remainingGrace } from './deadline.ts';
import { measureRoom } from './eviction-room.ts';
import type { BudgetView } from './node.ts';
import type { PodView } from './pod.ts';
import type { DrainPolicy } from './policy.ts';
import { tierOf } from './tiers.ts';
import type { Verdict } from './verdict.ts';

/** All that the next steps follow from. Instants are epoch milliseconds. */
export interface Observation {
  pods: readonly JudgedPod[];
  /** By pod UID. */
  attempts: ReadonlyMap<string, Attempt>;
  budgets: readonly BudgetView[];
  /** Requests that this drain may have in flight. */
  inFlightLimit: number;
  /** Force moments count back from it. */
  deadlineAt: number;
  /** The deadline, moved by waits for another drain's forced delete: no pod may need longer. */
  endsAt: number;
}

export interface JudgedPod {
  pod: PodView;
  verdict: Verdict;
}

export type Step =
  | { do: 'evict'; pod: PodView; graceSeconds: number | undefined }
  | { do: 'force'; pod: PodView; graceSeconds: number };

export interface Decision {
  steps: Step[];
  /** Pods that the drain still waits for. */
  left: JudgedPod[];
  /** Pods whose verdict forbids the whole drain: nothing is evicted. */
  blocked: JudgedPod[];
  /** When something falls due although nothing changes. */
  dueAt: number | undefined;
  /** The next pod's force moment still to come. */
  forceAt: number | undefined;
}

/** The server rounds a grace period to whole seconds. */
const deadlineToleranceMilliseconds = 2000;

/** Which pods to evict, and which to delete past their budget, now. Pure: the same observation gives the same steps. */
export function decide(seen: Observation, policy: DrainPolicy, now: number): Decision {
  const blocked = seen.pods.filter(({ verdict }) => verdict.kind === 'block');
  const left = seen.pods.filter(({ verdict }) => verdict.kind === 'evict' || verdict.kind === 'wait');
  if (blocked.length > 0) return { steps: [], left, blocked, dueAt: undefined, forceAt: undefined };

  const room = measureRoom({ ...seen, pods: seen.pods.map(({ pod }) => pod) });
  const lowestTier = Math.min(...left.map(({ pod }) => tierOf(pod)));
  const steps: Step[] = [];
  let dueAt: number | undefined;
  for (const judged of longestUnaskedFirst(left, seen)) {
    const turn = turnOf(judged, lowestTier, seen, policy, now);
    if (typeof turn === 'number') dueAt = Math.min(turn, dueAt ?? turn);
    else if (turn && room.take(judged.pod)) steps.push(turn);
  }
  const forceMoments = left.map(({ pod }) => forceMomentOf(pod, seen.deadlineAt, policy)).filter((at) => at > now);
  return { steps, left, blocked, dueAt, forceAt: forceMoments.length > 0 ? Math.min(...forceMoments) : undefined };
}

/** Whoever was asked least recently goes first: a pod that hangs must not keep the others from being asked at all. */
function longestUnaskedFirst(left: readonly JudgedPod[], { attempts }: Observation): JudgedPod[] {
  const askedAt = ({ pod }: JudgedPod) => attempts.get(pod.uid)?.triedAt ?? 0;
  return left.toSorted((a, b) => askedAt(a) - askedAt(b));
}

/** The pod's step now, or when it has one, or neither. */
function turnOf(
  judged: JudgedPod,
  lowestTier: number,
  seen: Observation,
  policy: DrainPolicy,
  now: number,
): Step | number | undefined {
  const { pod } = judged;
  const attempt = seen.attempts.get(pod.uid) ?? noAttempt;
  if (attempt.inFlight) return undefined;
  const forceAt = forceMomentOf(pod, seen.deadlineAt, policy);
  const opensAt = isInTurn(judged, lowestTier) ? 0 : forceAt;
  if (!mayEverGo(judged, seen, policy)) return undefined;
  if (now < opensAt) return opensAt;

  const pastForce = now >= forceAt;
  const mayForce = policy.onDeadline === 'force' && attempt.refusedAt !== undefined && attempt.refusedAt >= forceAt;
  if (mayForce && now >= attempt.forceNotBefore) {
    return { do: 'force', pod, graceSeconds: remainingGrace(pod, seen.endsAt, now, policy) };
  }
  const triedPastForce = attempt.triedAt !== undefined && attempt.triedAt >= forceAt;
  const askAt = triedPastForce ? attempt.notBefore : Math.min(attempt.notBefore, forceAt);
  if (now < askAt) return mayForce ? Math.min(askAt, attempt.forceNotBefore) : askAt;
  return { do: 'evict', pod, graceSeconds: graceToSend(pod, seen, policy, pastForce, now) };
}

/** Evictable now by its verdict and its tier; any other pod only from its force moment. */
function isInTurn({ pod, verdict }: JudgedPod, lowestTier: number): boolean {
  return verdict.kind === 'evict' && pod.deletionAt === undefined && tierOf(pod) <= lowestTier;
}

/** A pod that waits goes at its force moment when the instance goes anyway; one that is terminating only if it would outlive the end. */
function mayEverGo({ pod, verdict }: JudgedPod, seen: Observation, policy: DrainPolicy): boolean {
  if (pod.deletionAt !== undefined) {
    return policy.onDeadline === 'force' && pod.deletionAt > seen.endsAt + deadlineToleranceMilliseconds;
  }
  return verdict.kind === 'evict' || policy.mode === 'hook';
}

/** undefined: the pod's own. One that is terminating already is asked past its force moment only. */
function graceToSend(
  pod: PodView,
  seen: Observation,
  policy: DrainPolicy,
  pastForce: boolean,
  now: number,
): number | undefined {
  if (pastForce && policy.onDeadline === 'force') return remainingGrace(pod, seen.endsAt, now, policy);
  const grace = graceOf(pod, policy);
  return grace === pod.graceSeconds ? undefined : grace;
}
