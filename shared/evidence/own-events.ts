import type { DrainReport } from '../lifecycle/report.ts';
import { type AuditEvent, succeeded } from './audit-event.ts';
import type { Difference } from './finding.ts';
import type { Identity } from './identity.ts';
import { nodeChangeOf } from './node-patch.ts';

/** What an event of ours is, as far as it is no claim of its own. */
export type Standing =
  /** A claim has to account for it. */
  | 'to-claim'
  /** What goes with a drain and is not told one by one: its mark renewed, a refused patch that was tried again, a dry run. */
  | 'upkeep'
  /** Cordoned ahead of the drain, whose time does not run yet. */
  | 'ahead'
  /** Of another drain in the same name. */
  | 'other-drain';

/** Refusals of a patch after which a drain reads the node again, or finds it gone. */
const triedAgain: readonly number[] = [404, 409];
const saidTrouble: readonly string[] = ['not-mapped', 'mark-refused', 'cluster-unreachable'];

/** Of an event in our name. */
export function standingOf(event: AuditEvent, report: DrainReport, identity: Identity): Standing {
  const isPatch = event.resource === 'nodes' && event.verb !== 'delete' && event.name === report.node;
  return isPatch ? standingOfPatch(event, report, identity) : 'to-claim';
}

function standingOfPatch(event: AuditEvent, report: DrainReport, { drain }: Identity): Standing {
  if (event.dryRun || triedAgain.includes(event.code)) return 'upkeep';
  const told = report.timeline.some(({ what }) => saidTrouble.includes(what)) || report.end?.code === 'marks-left';
  if (!succeeded(event)) return told ? 'upkeep' : 'to-claim';
  const change = nodeChangeOf(event);
  // That its change is not known is said as a whole.
  if (!change) return 'upkeep';
  if (change.mark && drain !== undefined && change.mark.drain !== drain) return 'other-drain';
  if (change.mark?.queued) return 'ahead';
  if (change.others.length > 0) return 'to-claim';
  // Who stops a drain takes its marks back once it has ended.
  if (change.mark === null) return report.end?.reason === 'aborted' ? 'upkeep' : 'to-claim';
  return change.cordon === undefined && change.label === undefined ? 'upkeep' : 'to-claim';
}

/** May it show that the node was marked, or the marks taken back? Where the log has no body, its code and time are all there is. */
export function mayShowPatch(event: AuditEvent, kind: string, { drain }: Identity): boolean {
  const change = nodeChangeOf(event);
  if (!change) return event.code > 0;
  if (kind === 'undone') return change.mark === null;
  if (!change.mark) return false;
  return change.mark.ended === undefined && !change.mark.queued && (drain === undefined || change.mark.drain === drain);
}

/** More than that the drain goes on. */
export function changesMarks(event: AuditEvent): boolean {
  const change = nodeChangeOf(event);
  return change === undefined || change.cordon !== undefined || change.label !== undefined;
}

/** The node's own annotation says how the drain ended: as the report does, or one of them is wrong. */
export function endDifferences(events: readonly AuditEvent[], report: DrainReport, { drain }: Identity): Difference[] {
  return events.flatMap((event): Difference[] => {
    const mark = succeeded(event) ? nodeChangeOf(event)?.mark : undefined;
    if (!mark || mark.drain !== drain || mark.ended === undefined || mark.ended === report.end?.reason) return [];
    const text = `the node was told that the drain ended as ${mark.ended}, the report says ${report.end?.reason ?? 'no end'}`;
    return [{ code: 'other-end', about: event.name, text, at: new Date(event.at).toISOString(), auditId: event.id }];
  });
}
