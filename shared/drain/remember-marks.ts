import { takeUpReport } from './keep-report.ts';
import type { Session } from './session.ts';

/**
 * A tick that was killed left no state: its report says that there are marks to take back, or that the action was completed and the instance
 * is where that led it, in a warm pool perhaps.
 */
export async function rememberMarks(session: Session): Promise<void> {
  const { state } = session;
  await takeUpReport(session);
  const { report } = session;
  if (state.marked || !report.timeline.some(({ what }) => what === 'marked')) return;
  state.marked = true;
  state.clusterName ??= report.cluster ?? null;
  state.nodeName ??= report.node ?? null;
}
