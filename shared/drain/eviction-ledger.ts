import { type Attempt, afterAttempt, budgetKey, noAttempt, wakeHeldBy } from '../lifecycle/attempt.ts';
import { budgetsOf } from '../lifecycle/budget-match.ts';
import { causeOf } from '../lifecycle/causes.ts';
import type { JudgedPod, Step } from '../lifecycle/decide.ts';
import { type EvictionOutcome, isRefusal } from '../lifecycle/eviction-answer.ts';
import { adjustLimit } from '../lifecycle/eviction-room.ts';
import type { BudgetView } from '../lifecycle/node.ts';
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
  /** When a budget last gave way to a pod that it held; epoch milliseconds. */
  wokenAt: number;
}

export function openLedger(share: number): Ledger {
  return { attempts: new Map(), inFlightLimit: share, share, wokenAt: 0 };
}

export function isAnyInFlight(ledger: Ledger): boolean {
  return ledger.attempts.values().some((attempt) => attempt.inFlight);
}

export function markInFlight(ledger: Ledger, uid: string): void {
  ledger.attempts.set(uid, { ...(ledger.attempts.get(uid) ?? noAttempt), inFlight: true });
}

export function wakeByBudget(ledger: Ledger, budget: BudgetView, now: number): void {
  for (const [uid, attempt] of ledger.attempts) {
    const woken = wakeHeldBy(attempt, budget, now);
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
  if (outcome.kind === 'overload') ledger.inFlightLimit = adjustLimit(ledger.inFlightLimit, 'overload', ledger.share);
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
}

const askTurnAgainMilliseconds = 5_000;
const afterRefusedDeleteMilliseconds = 15_000;

/** Writes a forced delete's outcome, said out loud where it happened. */
export function settleForce(
  session: Session,
  ledger: Ledger,
  cluster: ClusterPort,
  step: Extract<Step, { do: 'force' }>,
  outcome: ForceOutcome,
): void {
  const { report, ports, state } = session;
  const { pod, graceSeconds, budgets } = step;
  const now = ports.clock.now();
  const pause = outcome.kind === 'refused' ? afterRefusedDeleteMilliseconds : askTurnAgainMilliseconds;
  const before = ledger.attempts.get(pod.uid) ?? noAttempt;
  ledger.attempts.set(pod.uid, { ...before, inFlight: false, forceNotBefore: now + pause });
  if (outcome.kind === 'gone') return;
  if (outcome.kind === 'deleted') {
    const past = budgets.length > 0 ? `past ${budgets.map(budgetKey).join(' and ')}` : 'past its refusal';
    const text = `deleted ${past} with ${graceSeconds} s of grace: ${before.last && 'text' in before.last ? before.last.text : ''}`;
    changeRecord(report, pod.uid, (record) => {
      record.forcedAt = iso(now);
    });
    state.counts.forced += 1;
    state.progressAt = now;
    noteEntry(report, 'forced', text, now, pod);
    ports.log.warn('pod deleted past its budget', {
      drain: drainId(session.input),
      pod: `${pod.namespace}/${pod.name}`,
      text,
    });
    announceOnPod(session, cluster, pod, 'Warning', 'ForceDeleted', { code: 'forced', text });
    session.courtesies.push(keepReport(session).then(() => undefined)); // said so, even if this tick is killed next
    return;
  }
  if (outcome.kind === 'not-its-turn')
    state.extendedUntil = Math.max(state.extendedUntil ?? 0, outcome.until + (pod.graceSeconds + 30) * 1000);
  const code = outcome.kind;
  if (noteCause(report, pod.uid, { code, text: outcome.text }, now)) noteEntry(report, code, outcome.text, now, pod);
}
