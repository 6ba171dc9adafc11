import { isHookAction } from '../lifecycle/action.ts';
import { continueAs } from '../lifecycle/continuation.ts';
import type { End } from '../lifecycle/end.ts';
import { iso, noteEntry } from '../lifecycle/report-draft.ts';
import type { TickOutput } from '../lifecycle/tick.ts';
import { untilHeartbeat } from './beat-while.ts';
import { keepReport } from './keep-report.ts';
import { drainId, type Session, type Turn } from './session.ts';

/** Keeps the report, tells log and metrics, and answers the state machine. */
export async function closeTick(session: Session, turn: Turn): Promise<TickOutput> {
  const { input, state, ports, report } = session;
  await Promise.all(session.courtesies);
  if ('again' in turn) {
    // What may not be ours to work on leaves nothing behind.
    if (turn.phase !== 'verifying') await keepReport(session);
    const waitSeconds = untilHeartbeat(session, turn.again);
    const name = continueAs(input.execution, state.ticks);
    const kept = name === null ? state : { ...state, ticks: 0 };
    const summary = { phase: turn.phase, text: turn.text, podsLeft: turn.podsLeft ?? 0 };
    ports.log.info('drain goes on', { drain: drainId(input), again: waitSeconds, ...summary });
    return { status: 'again', waitSeconds, action: input.action, state: kept, summary, continueAs: name };
  }
  const end = settledEnd(session, turn.end);
  const now = ports.clock.now();
  report.end = end;
  report.endedAt = iso(now);
  noteEntry(report, 'ended', `${end.reason}: ${end.text}`, now);
  const location = end.reason === 'ignored' ? null : await keepReport(session);
  tell(session, end, location);
  const left = report.pods.filter(
    ({ verdict, goneAt }) => (verdict === 'evict' || verdict === 'wait') && goneAt === undefined,
  ).length;
  const summary = { phase: 'done' as const, text: end.text, podsLeft: left };
  return { status: 'done', action: input.action, end, summary, report: location };
}

/** A tick that was killed after it had completed the action, or was done with a notice, finds it resolved: its end was written down. */
function settledEnd({ report, input }: Session, end: End): End {
  const ended = report.end && (report.end.completion || !isHookAction(input.action)) ? report.end : undefined;
  return end.reason === 'already-resolved' && ended ? ended : end;
}

function tell({ ports, input, state, report }: Session, end: End, location: string | null): void {
  const seconds = Math.round((Date.parse(report.endedAt ?? report.startedAt) - Date.parse(report.startedAt)) / 1000);
  const { evicted, forced, blocked, heartbeats } = state.counts;
  const { kind } = input.action;
  const pods: Record<string, number> = {};
  for (const { code } of report.pods) pods[code] = (pods[code] ?? 0) + 1;
  const fields = {
    drain: drainId(input),
    execution: input.execution,
    instance: input.action.instanceId,
    kind,
    group: isHookAction(input.action) ? input.action.groupName : undefined,
    cluster: report.cluster,
    node: report.node,
    end,
    seconds,
    ticks: state.ticks,
    counts: { evicted, forced, blocked, heartbeats },
    pods,
    report: location,
  };
  if (end.alarm) ports.log.error('drain ended', fields);
  else ports.log.info('drain ended', fields);
  const dimensions = { End: end.reason };
  ports.metrics.add('DrainsEnded', 'Count', 1, dimensions);
  ports.metrics.add('DrainsAlarming', 'Count', end.alarm ? 1 : 0);
  if (end.reason === 'ignored') return;
  ports.metrics.add('DrainDuration', 'Seconds', seconds, dimensions);
  ports.metrics.add('PodsEvicted', 'Count', evicted);
  ports.metrics.add('PodsForced', 'Count', forced);
  if (kind !== 'terminate' && kind !== 'launch' && kind !== 'manual') {
    ports.metrics.add('NoticesEnded', 'Count', 1, { Notice: kind, ...dimensions });
  }
  if (report.cluster === undefined) return;
  const ofCluster = { Cluster: report.cluster };
  ports.metrics.add('DrainsAlarming', 'Count', end.alarm ? 1 : 0, ofCluster);
  ports.metrics.add('DrainDuration', 'Seconds', seconds, ofCluster);
}
