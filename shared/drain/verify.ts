import { isLeaving, type Verified, verifyTermination } from '../lifecycle/verify-action.ts';
import type { GroupView, HookView } from '../ports.ts';
import { takeUpReport } from './keep-report.ts';
import type { Session, Turn } from './session.ts';

export type VerifiedTick = { turn: Turn; undo?: true } | { group: GroupView; hook: HookView };

/** Step 1: is this termination ours to work on, and is it still under way? */
export async function verify(session: Session): Promise<VerifiedTick> {
  const { ports, input, settings, state, limit } = session;
  const { groupName, hookName, instanceId } = input.action;
  const [instance, group, hook] = await Promise.all([
    ports.autoScaling.describeInstance(instanceId, limit.signal),
    ports.autoScaling.describeGroup(groupName, limit.signal),
    ports.autoScaling.describeHook(groupName, hookName, limit.signal),
  ]);
  if (!instance || !isLeaving(instance.lifecycleState)) {
    await remember(session);
    const { end } = session.report;
    if (end?.completion) return { turn: { end } };
  }
  const progress = { looks: state.healthyLooks + 1, marked: state.marked };
  const verified: Verified = verifyTermination(input.action, { instance, group, hook }, settings.ours, progress);
  switch (verified.verdict) {
    case 'look-again':
      state.healthyLooks += 1;
      return { turn: { again: 5, phase: 'verifying', text: verified.text } };
    case 'end':
      return { turn: { end: verified.end } };
    case 'undo':
      return { turn: { end: verified.end }, undo: true };
    case 'go':
      break;
  }
  state.healthyLooks = 0;
  if (!group || !hook) throw new Error(`describing ${groupName}: verified without a group or hook`);
  session.hook = hook;
  return { group, hook };
}

/**
 * A tick that was killed left no state: its report says that there are marks to take back, or that the action was completed and the instance
 * is where that led it, in a warm pool perhaps.
 */
async function remember(session: Session): Promise<void> {
  const { state } = session;
  await takeUpReport(session);
  const { report } = session;
  if (state.marked || !report.timeline.some(({ what }) => what === 'marked')) return;
  state.marked = true;
  state.clusterName ??= report.cluster ?? null;
  state.nodeName ??= report.node ?? null;
}
