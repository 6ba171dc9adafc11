import type { JudgedPod } from '../lifecycle/decide.ts';
import { noteEntry, noteSeen } from '../lifecycle/report-draft.ts';
import type { Session } from './session.ts';
import { tellVerdicts } from './tell-verdicts.ts';

/** After each look at the node's pods: what is new goes into the log, what is gone into the report. */
export function noteProgress(session: Session, judged: readonly JudgedPod[], now: number): void {
  const { report, state } = session;
  tellVerdicts(session, judged);
  for (const gone of noteSeen(report, judged, now)) {
    state.progressAt = now;
    noteEntry(report, 'gone', 'it is gone from the node', now, gone);
  }
}
