import { isHookAction } from '../lifecycle/action.ts';
import { noteEntry, noteHeartbeat } from '../lifecycle/report-draft.ts';
import { beatWhile } from './beat-while.ts';
import type { Session } from './session.ts';

/** Heartbeats while a drain works, noted in its report; a notice has no hook to keep waiting. */
export async function withHeartbeats<T>(session: Session, work: () => Promise<T>): Promise<T> {
  const { input, state } = session;
  if (!isHookAction(input.action)) return work();
  return beatWhile(session, input.action, work, {
    sent(at) {
      state.counts.heartbeats += 1;
      noteHeartbeat(session.report, at);
    },
    lost: (at) =>
      noteEntry(session.report, 'hook-lost', 'Auto Scaling knows no active lifecycle action for the instance', at),
  });
}
