import type { PodView } from './pod.ts';
import type { DrainPolicy } from './policy.ts';

/** Added to a pod's grace period: the time a refused eviction and the delete after it may take. */
const forceMarginSeconds = 30;

/**
 * When the drain should be over, in epoch milliseconds: the sooner of the hook's global timeout and the policy's deadline, less the
 * reserve; sooner still if an event without a hook said so. Force moments count back from it.
 */
export function deadlineOf(clock: DrainClock): number {
  const { startedAt, globalTimeoutSeconds, policy } = clock;
  const seconds = Math.min(globalTimeoutSeconds, policy.deadlineSeconds) - policy.reserveSeconds;
  return Math.min(startedAt + Math.max(0, seconds) * 1000, clock.soonerAt ?? Number.POSITIVE_INFINITY);
}

/** The deadline, moved while another drain's forced delete is waited for, up to the hook's global timeout less the reserve. */
export function endOf(clock: DrainClock & { extendedUntil: number | null }): number {
  const { startedAt, globalTimeoutSeconds, policy } = clock;
  const last = startedAt + Math.max(0, globalTimeoutSeconds - policy.reserveSeconds) * 1000;
  const moved = Math.min(Math.max(deadlineOf(clock), clock.extendedUntil ?? 0), last);
  return Math.min(moved, clock.soonerAt ?? Number.POSITIVE_INFINITY);
}

export interface DrainClock {
  /** Epoch milliseconds. */
  startedAt: number;
  globalTimeoutSeconds: number;
  /** From the Node's annotation; epoch milliseconds. */
  soonerAt: number | undefined;
  policy: Pick<DrainPolicy, 'deadlineSeconds' | 'reserveSeconds'>;
}

/** What the pod is given to stop, in seconds. */
export function graceOf(pod: Pick<PodView, 'graceSeconds'>, policy: GracePolicy): number {
  return policy.graceSeconds ?? Math.min(pod.graceSeconds, policy.graceCapSeconds ?? Number.POSITIVE_INFINITY);
}

export type GracePolicy = Pick<DrainPolicy, 'graceCapSeconds'> & Partial<Pick<DrainPolicy, 'graceSeconds'>>;

/** From this moment a refused eviction is followed by a delete; epoch milliseconds. */
export function forceMomentOf(pod: Pick<PodView, 'graceSeconds'>, deadlineAt: number, policy: GracePolicy): number {
  return deadlineAt - (graceOf(pod, policy) + forceMarginSeconds) * 1000;
}

/**
 * The grace to send so that the pod has what is left until the deadline, never less than one second. A pod that is already
 * terminating counts from its first request: the server sets deletionTimestamp to that plus the new grace.
 */
export function remainingGrace(pod: PodView, deadlineAt: number, now: number, policy: GracePolicy): number {
  const left = Math.max(1, Math.floor((deadlineAt - now) / 1000));
  if (pod.deletionAt === undefined) return Math.min(Math.max(1, graceOf(pod, policy)), left);
  const askedAt = pod.deletionAt - (pod.deletionGraceSeconds ?? 0) * 1000;
  return Math.max(1, Math.ceil((now - askedAt) / 1000) + left);
}

/** How far into the reserve a drain may wait for pods whose grace ends with it. */
const lastMomentsMilliseconds = 10_000;

/** Is the drain's time up? Pods that are about to go as they were told to are given a moment of the reserve. */
export function isTimeUp(
  left: readonly Pick<PodView, 'deletionAt'>[],
  endsAt: number,
  now: number,
  policy: Pick<DrainPolicy, 'reserveSeconds'>,
): boolean {
  const allGoing = left.every(({ deletionAt = Number.POSITIVE_INFINITY }) => deletionAt <= endsAt + 2000);
  const moment = allGoing ? Math.min(lastMomentsMilliseconds, policy.reserveSeconds * 500) : 0;
  return now >= endsAt + moment;
}
