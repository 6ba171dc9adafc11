import type { ClusterPort } from '../cluster-port.ts';
import { noAttempt } from '../lifecycle/attempt.ts';
import { graceOf } from '../lifecycle/deadline.ts';
import type { Step } from '../lifecycle/decide.ts';
import type { PodView } from '../lifecycle/pod.ts';
import { changeRecord, iso, noteCause, noteEntry } from '../lifecycle/report-draft.ts';
import { announceOnPod } from './announce.ts';
import type { Ledger } from './eviction-ledger.ts';
import type { ForceOutcome } from './force-pod.ts';
import { keepReport } from './keep-report.ts';
import { drainId, type Session } from './session.ts';

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
  changeRecord(session.report, pod.uid, (record) => {
    record.forcedAt = iso(session.ports.clock.now());
    record.forcedPast = budgets;
  });
  const text = forcedText(ledger, pod, graceSeconds, budgets);
  announceOnPod(session, cluster, pod, 'Warning', 'ForceDeleted', { code: 'forced', text });
  await keepReport(session);
}

function forcedText(ledger: Ledger, pod: PodView, graceSeconds: number, budgets: readonly string[]): string {
  const last = ledger.attempts.get(pod.uid)?.last;
  const past = budgets.length > 0 ? `past ${budgets.join(' and ')}` : 'past its refusal';
  return `deleted ${past} with ${graceSeconds} s of grace: ${last && 'text' in last ? last.text : ''}`;
}

/** Writes what came of a forced delete. `tried`: it was sent; what came of one that was sent before is not touched otherwise. */
export function settleForce(
  session: Session,
  ledger: Ledger,
  { pod, graceSeconds }: Extract<Step, { do: 'force' }>,
  outcome: ForceOutcome,
  tried: boolean,
): void {
  const { report, ports, state, settings, input } = session;
  const now = ports.clock.now();
  const pause =
    outcome.kind === 'refused' || outcome.kind === 'unanswered'
      ? afterRefusedDeleteMilliseconds
      : askTurnAgainMilliseconds;
  const before = ledger.attempts.get(pod.uid) ?? noAttempt;
  ledger.attempts.set(pod.uid, { ...before, inFlight: false, forceNotBefore: now + pause });
  if (outcome.kind === 'gone') return;
  if (outcome.kind === 'deleted') {
    state.counts.forced += 1;
    state.progressAt = now;
    const budgets = report.pods.find(({ uid }) => uid === pod.uid)?.forcedPast ?? [];
    const said = forcedText(ledger, pod, graceSeconds, budgets);
    noteEntry(report, 'forced', said, now, pod);
    const fields = { drain: drainId(input), pod: `${pod.namespace}/${pod.name}`, text: said };
    ports.log.warn('pod deleted past its budget', fields);
    return;
  }
  if (tried && outcome.kind === 'refused') {
    changeRecord(report, pod.uid, (record) => {
      delete record.forcedAt;
      delete record.forcedPast;
    });
  }
  if (outcome.kind === 'not-its-turn') {
    const needs = outcome.until + (graceOf(pod, settings.policy) + 30) * 1000;
    state.extendedUntil = Math.max(state.extendedUntil ?? 0, needs);
  }
  const { kind: code, text } = outcome;
  if (!noteCause(report, pod.uid, { code, text }, now)) return;
  noteEntry(report, code, text, now, pod);
  ports.log.warn('delete held back', { drain: drainId(input), pod: `${pod.namespace}/${pod.name}`, cause: code, text });
}
