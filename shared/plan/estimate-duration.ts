import { graceOf } from '../lifecycle/deadline.ts';
import type { BudgetView } from '../lifecycle/node.ts';
import type { DrainPolicy } from '../lifecycle/policy.ts';
import { tierOf } from '../lifecycle/tiers.ts';
import type { Verdict } from '../lifecycle/verdict.ts';
import type { DurationRange } from './drain-plan.ts';
import type { PlanPod } from './snapshot.ts';

/** What a pod takes at best to stop, and a replacement to become ready at best and at worst; seconds. */
const assumed = { stopLow: 1, startLow: 5, startHigh: 60, detachLow: 5, detachHigh: 60 };

const assumptions: readonly string[] = [
  `low: pods stop in ${assumed.stopLow} s, replacements are ready ${assumed.startLow} s later, volumes detach in ${assumed.detachLow} s`,
  `high: pods use their whole grace, replacements take ${assumed.startHigh} s, volumes ${assumed.detachHigh} s`,
  'budgets keep the room that they have now, and nobody else drains',
];

export function durationAssumptions(
  ranges: readonly DurationRange[],
  { deadlineSeconds, onDeadline }: Pick<DrainPolicy, 'deadlineSeconds' | 'onDeadline'>,
): string[] {
  const isLate = ranges.some(({ highSeconds }) => highSeconds !== null && highSeconds >= deadlineSeconds);
  const then = onDeadline === 'force' ? 'deletes what is left, and stops' : 'stops, drained or not';
  return [...assumptions, ...(isLate ? [`after ${deadlineSeconds} s, its timeout, the drain of a node ${then}`] : [])];
}

export interface NodeWork {
  pods: readonly { pod: PlanPod; verdict: Verdict }[];
  budgetsOf: (pod: PlanPod) => readonly BudgetView[];
  /** Nothing that is waited for changes it: the deadline ends the drain. */
  isHeldForEver: (pod: PlanPod) => boolean;
  policy: DrainPolicy;
  now: number;
}

/** Settle, then tier by tier the slowest of its budgets' waves, then volumes. */
export function estimateNode({ pods, budgetsOf, isHeldForEver, policy, now }: NodeWork): DurationRange {
  const leaving = pods.filter(({ verdict }) => verdict.kind === 'evict').map(({ pod }) => pod);
  const going = pods.filter(({ pod, verdict }) => verdict.kind === 'wait' && pod.deletionAt !== undefined);
  const ends = pods.some(({ pod, verdict }) => verdict.kind === 'wait' && pod.deletionAt === undefined)
    ? null
    : Math.max(0, ...going.map(({ pod: { deletionAt = now } }) => (deletionAt - now) / 1000));
  const tiers = [...new Set(leaving.map(tierOf))].map((tier) => leaving.filter((pod) => tierOf(pod) === tier));
  const settle = leaving.length > 0 ? policy.settleSeconds : 0;
  const hasVolumes = leaving.some(({ claims }) => claims.length > 0);
  const sum = (ofTier: (tier: readonly PlanPod[]) => number) => tiers.reduce((total, tier) => total + ofTier(tier), 0);
  const low = settle + sum((tier) => tierTime(tier, budgetsOf, policy, false)) + (hasVolumes ? assumed.detachLow : 0);
  const high = settle + sum((tier) => tierTime(tier, budgetsOf, policy, true)) + (hasVolumes ? assumed.detachHigh : 0);
  const isOpen = ends === null || leaving.some(isHeldForEver);
  const last = policy.deadlineSeconds;
  return {
    lowSeconds: Math.round(Math.min(last, low)),
    highSeconds: isOpen || !Number.isFinite(high) ? null : Math.round(Math.min(last, Math.max(high, ends))),
  };
}

/** A budget lets `disruptionsAllowed` go at a time, one when it has no room just now; the next wave follows when the last one's are ready. */
function tierTime(
  tier: readonly PlanPod[],
  budgetsOf: NodeWork['budgetsOf'],
  policy: DrainPolicy,
  isHigh: boolean,
): number {
  const stop = (pod: PlanPod) => (isHigh ? graceOf(pod, policy) : Math.min(assumed.stopLow, graceOf(pod, policy)));
  const start = isHigh ? assumed.startHigh : assumed.startLow;
  const slowest = (pods: readonly PlanPod[]) => Math.max(0, ...pods.map(stop));
  const held = new Map<BudgetView, PlanPod[]>();
  if (!policy.disableEviction) {
    for (const pod of tier) for (const budget of budgetsOf(pod)) held.set(budget, [...(held.get(budget) ?? []), pod]);
  }
  const waves = [...held].map(([{ disruptionsAllowed }, pods]) => {
    const count = Math.ceil(pods.length / Math.max(1, disruptionsAllowed));
    const wait = disruptionsAllowed === 0 ? start : 0;
    return wait + count * slowest(pods) + (count - 1) * start;
  });
  const rounds = Math.ceil(tier.length / policy.maxInFlight);
  return Math.max(rounds * slowest(tier), ...waves);
}

/** Wave after wave; in each, the next node begins when one of those under way is done. */
export function estimateTotal(waves: readonly (readonly DurationRange[])[], atOnce: number): DurationRange {
  const total = (lengthOf: (node: DurationRange) => number) =>
    waves.reduce((sum, wave) => sum + makespan(wave.map(lengthOf), atOnce), 0);
  const isOpen = waves.flat().some(({ highSeconds }) => highSeconds === null);
  return {
    lowSeconds: total(({ lowSeconds }) => lowSeconds),
    highSeconds: isOpen ? null : total(({ highSeconds }) => highSeconds ?? 0),
  };
}

function makespan(lengths: readonly number[], atOnce: number): number {
  const busyUntil = Array.from({ length: Math.min(atOnce, lengths.length) }, () => 0);
  for (const length of lengths) {
    const next = busyUntil.indexOf(Math.min(...busyUntil));
    busyUntil[next] = (busyUntil[next] ?? 0) + length;
  }
  return Math.max(0, ...busyUntil);
}
