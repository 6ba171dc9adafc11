import type { ClusterPort } from '../cluster-port.ts';
import { afterAttempt, noAttempt } from '../lifecycle/attempt.ts';
import { budgetsOf } from '../lifecycle/budget-match.ts';
import { causeOf } from '../lifecycle/causes.ts';
import type { JudgedPod } from '../lifecycle/decide.ts';
import { type EvictionOutcome, isRefusal, isRefusalKind } from '../lifecycle/eviction-answer.ts';
import type { BudgetView } from '../lifecycle/node.ts';
import { changeRecord, iso, noteCause, noteEntry } from '../lifecycle/report-draft.ts';
import { announceOnPod } from './announce.ts';
import { type Ledger, learnLimit } from './eviction-ledger.ts';
import { drainId, type Session } from './session.ts';

/** Writes an eviction's outcome into ledger, report, counts and, when the cause is new, onto the pod itself. */
export function settleEviction(
  session: Session,
  ledger: Ledger,
  cluster: ClusterPort,
  judged: JudgedPod,
  outcome: EvictionOutcome,
  budgets: readonly BudgetView[],
  askedAt: number,
): void {
  const { report, ports, state } = session;
  const { pod } = judged;
  const now = ports.clock.now();
  const before = ledger.attempts.get(pod.uid) ?? noAttempt;
  const attempt = afterAttempt(before, outcome, budgetsOf(pod, budgets), now, ports.random(), askedAt);
  ledger.attempts.set(pod.uid, attempt);
  changeRecord(report, pod.uid, (record) => {
    record.evictionsTried += 1;
    if (outcome.kind === 'accepted') record.evictedAt ??= iso(now);
  });
  if (outcome.kind === 'accepted') {
    learnLimit(ledger, 'accepted', now);
    if (pod.deletionAt === undefined) state.counts.evicted += 1;
    state.progressAt = now;
    noteEntry(report, 'evicted', 'its eviction was accepted', now, pod);
    return;
  }
  if (outcome.kind === 'overload') learnLimit(ledger, 'overload', now);
  if (!('text' in outcome)) return;
  const cause = causeOf(judged, attempt, budgets, 0);
  noteBlocked(session, pod.uid, outcome);
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

/** In the metrics, once for each pod and cause. */
function noteBlocked({ report, ports }: Session, uid: string, { kind }: EvictionOutcome): void {
  const known = report.pods.find((record) => record.uid === uid)?.causes ?? [];
  if (isRefusalKind(kind) && !known.some(({ code }) => code === kind)) {
    ports.metrics.add('PodsBlocked', 'Count', 1, { Cause: kind });
  }
}

/** A right that is missing is ours to fix, and there may be time yet. */
function alarmAtOnce({ ports, input }: Session, text: string): void {
  ports.metrics.add('RightsMissing', 'Count', 1);
  ports.log.error('right missing', { drain: drainId(input), text });
}
