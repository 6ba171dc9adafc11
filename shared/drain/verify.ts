import { type HookAction, isHookAction, type ManualAction } from '../lifecycle/action.ts';
import type { End } from '../lifecycle/end.ts';
import { abortedEnd } from '../lifecycle/ends.ts';
import { metadataOf, readHookOptions } from '../lifecycle/hook-options.ts';
import { manualPolicy } from '../lifecycle/manual-options.ts';
import { nextLookSeconds } from '../lifecycle/next-look.ts';
import { hasReturned, isLeaving, type Verified, verifyTermination } from '../lifecycle/verify-action.ts';
import type { GroupView, HookView } from '../ports.ts';
import { findLeftMark } from './find-left-mark.ts';
import { rememberMarks } from './remember-marks.ts';
import type { Session, Turn } from './session.ts';
import { awaitUnansweredMark } from './unanswered-mark.ts';
import { verifyNoticeTick } from './verify-notice-tick.ts';

/** The hook is undefined of a notice, and so is the group of what somebody asked for. */
export type VerifiedTick = { turn: Turn; undo?: true } | { group: GroupView | undefined; hook: HookView | undefined };

/** Step 1: is this termination ours to work on, and is it still under way? */
export async function verify(session: Session): Promise<VerifiedTick> {
  const { action } = session.input;
  if (isHookAction(action)) return verifyHook(session, action);
  return action.kind === 'manual' ? takeRequest(session, action) : verifyNoticeTick(session, action);
}

/** Who may ask is for IAM and RBAC to say. Whatever else becomes of the node, a drain whose instance goes takes it over. */
function takeRequest(session: Session, action: ManualAction): VerifiedTick {
  const { settings } = session;
  const text = `${action.requestedBy ?? 'somebody'} asked for it`;
  session.notice = { goesAt: undefined, does: 'drain', text, certain: false };
  session.settings = { ...settings, policy: manualPolicy(settings.policy, action.options) };
  return { group: undefined, hook: undefined };
}

async function verifyHook(session: Session, action: HookAction): Promise<VerifiedTick> {
  const { ports, settings, state, limit } = session;
  const { groupName, hookName, instanceId } = action;
  const [instance, group, hook] = await Promise.all([
    ports.autoScaling.describeInstance(instanceId, limit.signal),
    ports.autoScaling.describeGroup(groupName, limit.signal),
    ports.autoScaling.describeHook(groupName, hookName, limit.signal),
  ]);
  if (!instance || !isLeaving(instance.lifecycleState)) {
    await rememberMarks(session);
    const { end } = session.report;
    const returned = instance !== undefined && hasReturned(action, instance.lifecycleState);
    if (end?.completion && !returned) return { turn: { end } };
  }
  const progress = { looks: state.healthyLooks + 1, marked: state.marked };
  const verified: Verified = verifyTermination(action, { instance, group, hook }, settings.ours, progress);
  switch (verified.verdict) {
    case 'look-again':
      state.healthyLooks += 1;
      return { turn: { again: 5, phase: 'verifying', text: verified.text } };
    case 'end':
      if (verified.end.code === 'healthy-instance' && group && hook)
        return endUnlessMarked(session, verified.end, group, hook);
      return { turn: { end: verified.end } };
    case 'undo':
      return { turn: awaitUnansweredMark(session) ?? { end: verified.end }, undo: true };
    case 'go':
      break;
  }
  state.healthyLooks = 0;
  if (!group || !hook) throw new Error(`describing ${groupName}: verified without a group or hook`);
  session.hook = hook;
  session.retains = group.retainsAbandoned ?? false;
  const { policy, problems, unknown } = readHookOptions(metadataOf(action, hook), settings.policy);
  session.settings = { ...settings, policy: { ...settings.policy, ...policy } };
  session.optionProblems = problems;
  session.unknownOptions = unknown;
  return { group, hook };
}

/** An instance in service is none of our business, unless our mark is still on its node. */
async function endUnlessMarked(session: Session, end: End, group: GroupView, hook: HookView): Promise<VerifiedTick> {
  const { state, ports, settings } = session;
  const mark = await findLeftMark(session, group, hook);
  if (mark === 'found') return { turn: { end: abortedEnd('returned') }, undo: true };
  const now = ports.clock.now();
  const unanswered = mark === 'none' ? awaitUnansweredMark(session) : undefined;
  if (unanswered) return { turn: unanswered };
  if (mark === 'none' || now - state.startedAt >= settings.policy.unreachableSeconds * 1000) return { turn: { end } };
  const again = nextLookSeconds(state.startedAt, [], now);
  return { turn: { again, phase: 'verifying', text: `${end.text}; its node cannot be read` } };
}
