import { type Attempt, afterAttempt, budgetKey, noAttempt, wakeHeld } from '../lifecycle/attempt.ts';
import { budgetsOf } from '../lifecycle/budget-match.ts';
import { causeOf } from '../lifecycle/causes.ts';
import { graceOf } from '../lifecycle/deadline.ts';
import type { JudgedPod, Step } from '../lifecycle/decide.ts';
import { type EvictionOutcome, isRefusal } from '../lifecycle/eviction-answer.ts';
import { adjustLimit } from '../lifecycle/eviction-room.ts';
import type { BudgetView } from '../lifecycle/node.ts';
import type { PodView } from '../lifecycle/pod.ts';
import { changeRecord, iso, noteCause, noteEntry } from '../lifecycle/report-draft.ts';
import type { ClusterPort } from '../ports.ts';
import { announceOnPod } from './announce.ts';
import type { ForceOutcome } from './force-pod.ts';
import { keepReport } from './keep-report.ts';
import { drainId, type Session } from './session.ts';

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

/** Fifty requests refused together say once that there were too many. */
const burstMilliseconds = 1_000;

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

/** Writes an eviction's outcome into ledger, report, counts and, when the cause is new, onto the pod itself. */
export function settleEviction(
  session: Session,
  ledger: Ledger,
  cluster: ClusterPort,
  judged: JudgedPod,
  outcome: EvictionOutcome,
  budgets: readonly BudgetView[],
): void {
  const { report, ports, state } = session;
  const { pod } = judged;
  const now = ports.clock.now();
  const before = ledger.attempts.get(pod.uid) ?? noAttempt;
  const attempt = afterAttempt(before, outcome, budgetsOf(pod, budgets), now, ports.random());
  ledger.attempts.set(pod.uid, attempt);
  changeRecord(report, pod.uid, (record) => {
    record.evictionsTried += 1;
    if (outcome.kind === 'accepted') record.evictedAt ??= iso(now);
  });
  if (outcome.kind === 'accepted') {
    ledger.inFlightLimit = adjustLimit(ledger.inFlightLimit, 'accepted', ledger.share);
    if (pod.deletionAt === undefined) state.counts.evicted += 1;
    state.progressAt = now;
    noteEntry(report, 'evicted', 'its eviction was accepted', now, pod);
    return;
  }
  if (outcome.kind === 'overload' && now - ledger.halvedAt >= burstMilliseconds) {
    ledger.inFlightLimit = adjustLimit(ledger.inFlightLimit, 'overload', ledger.share);
    ledger.halvedAt = now;
  }
  if (!('text' in outcome)) return;
  const cause = causeOf(judged, attempt, budgets, 0);
  const isFirst = !report.pods.some((record) => record.uid === pod.uid && record.causes.length > 0);
  if (isRefusal(outcome) && isFirst) state.counts.blocked += 1;
  if (!noteCause(report, pod.uid, cause, now)) return;
  noteEntry(report, isRefusal(outcome) ? 'refused' : 'hindered', cause.text, now, pod);
  ports.log.warn('eviction refused', {
    drain: drainId(session.input),
    pod: `${pod.namespace}/${pod.name}`,
    cause: cause.code,
    text: cause.text,
  });
  if (isRefusal(outcome)) announceOnPod(session, cluster, pod, 'Warning', 'EvictionBlocked', cause);
  if (outcome.kind === 'missing-right') alarmAtOnce(session, cause.text);
}

/** A right that is missing is ours to fix, and there may be time yet. */
function alarmAtOnce({ ports, input }: Session, text: string): void {
  ports.metrics.add('RightsMissing', 'Count', 1);
  ports.log.error('right missing', { drain: drainId(input), text });
}

const askTurnAgainMilliseconds = 5_000;
const afterRefusedDeleteMilliseconds = 15_000;

/** Says that a pod is about to be deleted past its budgets, where it will be found even if this tick is killed next. */
export async function noteForce(
  session: Session,
  ledger: Ledger,
  cluster: ClusterPort,
  pod: PodView,
  graceSeconds: number,
  budgets: readonly string[],
): Promise<void> {
  const { report, ports, input } = session;
  const now = ports.clock.now();
  const last = ledger.attempts.get(pod.uid)?.last;
  const past = budgets.length > 0 ? `past ${budgets.join(' and ')}` : 'past its refusal';
  const text = `deleted ${past} with ${graceSeconds} s of grace: ${last && 'text' in last ? last.text : ''}`;
  changeRecord(report, pod.uid, (record) => {
    record.forcedAt = iso(now);
    record.forcedPast = budgets;
  });
  noteEntry(report, 'forced', text, now, pod);
  ports.log.warn('pod deleted past its budget', { drain: drainId(input), pod: `${pod.namespace}/${pod.name}`, text });
  announceOnPod(session, cluster, pod, 'Warning', 'ForceDeleted', { code: 'forced', text });
  await keepReport(session);
}

/** Writes what came of a forced delete. */
export function settleForce(
  session: Session,
  ledger: Ledger,
  { pod }: Extract<Step, { do: 'force' }>,
  outcome: ForceOutcome,
): void {
  const { report, ports, state, settings, input } = session;
  const now = ports.clock.now();
  const pause = outcome.kind === 'refused' ? afterRefusedDeleteMilliseconds : askTurnAgainMilliseconds;
  const before = ledger.attempts.get(pod.uid) ?? noAttempt;
  ledger.attempts.set(pod.uid, { ...before, inFlight: false, forceNotBefore: now + pause });
  if (outcome.kind === 'gone') return;
  if (outcome.kind === 'deleted') {
    state.counts.forced += 1;
    state.progressAt = now;
    return;
  }
  changeRecord(report, pod.uid, (record) => {
    delete record.forcedAt;
    delete record.forcedPast;
  });
  if (outcome.kind === 'not-its-turn') {
    const needs = outcome.until + (graceOf(pod, settings.policy) + 30) * 1000;
    state.extendedUntil = Math.max(state.extendedUntil ?? 0, needs);
  }
  const { kind: code, text } = outcome;
  if (!noteCause(report, pod.uid, { code, text }, now)) return;
  noteEntry(report, code, text, now, pod);
  ports.log.warn('delete held back', { drain: drainId(input), pod: `${pod.namespace}/${pod.name}`, cause: code, text });
}
