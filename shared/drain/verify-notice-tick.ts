import type { NoticeAction } from '../lifecycle/action.ts';
import { alreadyResolvedEnd, ignoredEnd } from '../lifecycle/ends.ts';
import { notOurGroup } from '../lifecycle/own-group.ts';
import { isOurHook } from '../lifecycle/verify-action.ts';
import { verifyNotice } from '../lifecycle/verify-notice.ts';
import { rememberMarks } from './remember-marks.ts';
import type { Session, Turn } from './session.ts';
import type { VerifiedTick } from './verify.ts';

/** Where Auto Scaling itself is about to stop or end the instance, after its hooks are completed. */
const beyondHooks = /^Warmed:|^Terminating:(Proceed|Retained)$|^Terminated$/;

/** Between two looks for an event that AWS Health knows and EC2 may not know yet; it is announced days ahead. */
const announcedSeconds = 60;

/** Step 1 of what no hook pauses: is the instance ours, does EC2 say the same, and what is to be done about it? */
export async function verifyNoticeTick(session: Session, action: NoticeAction): Promise<VerifiedTick> {
  const { ports, settings, state, limit } = session;
  const { instanceId, kind } = action;
  const instance = await ports.autoScaling.describeInstance(instanceId, limit.signal);
  if (!instance) return gone(session, 'not-in-a-group', `${instanceId} is in no Auto Scaling group`);
  const { groupName, lifecycleState } = instance;
  if (beyondHooks.test(lifecycleState)) return gone(session, 'on-its-way', `${instanceId} is ${lifecycleState}`);
  const [group, hooks] = await Promise.all([
    ports.autoScaling.describeGroup(groupName, limit.signal),
    ports.autoScaling.describeHooks(groupName, limit.signal),
  ]);
  if (!group) return gone(session, 'group-gone', `the group ${groupName} of ${instanceId} is gone`);
  const hasHook = hooks.some((hook) => !hook.launches && isOurHook(hook, settings.ours));
  const foreign = notOurGroup(group, { hasHook, requireTag: settings.ours.requireTag ?? false });
  if (foreign) return { turn: { end: ignoredEnd(foreign.code, foreign.text) } };

  const facts = {
    instance: await ports.compute.instanceFacts(instanceId, limit.signal),
    scheduledEvents: kind === 'scheduled-change' ? await ports.compute.scheduledEvents(instanceId, limit.signal) : [],
  };
  const { marked, startedAt } = state;
  const progress = { looks: state.healthyLooks + 1, marked, startedAt, now: ports.clock.now() };
  const verified = verifyNotice(action, facts, settings.notices, progress);
  if (verified.verdict === 'end') {
    const { code, text } = verified.end;
    return code === 'instance-gone' ? gone(session, code, text) : { turn: { end: verified.end } };
  }
  if (verified.verdict === 'look-again') {
    state.healthyLooks += 1;
    const again = kind === 'scheduled-change' ? announcedSeconds : 5;
    return { turn: { again, phase: 'verifying', text: verified.text } satisfies Turn };
  }
  state.healthyLooks = 0;
  const certain = kind === 'spot-interruption' || kind === 'state-change';
  const { goesAt, does, text } = verified;
  session.notice = { goesAt, does, text, certain };
  session.settings = { ...settings, policy: policyOf(session, certain) };
  return { group, hook: undefined };
}

/** Nobody is to lose a budget for an instance that may stay; and one that goes down already leaves no time to settle. */
function policyOf({ settings: { policy }, state, notice, input }: Session, certain: boolean) {
  const goesInTime = notice?.goesAt !== undefined && notice.goesAt <= state.startedAt + policy.deadlineSeconds * 1000;
  const onDeadline = certain || goesInTime ? policy.onDeadline : ('continue' as const);
  return { ...policy, onDeadline, ...(input.action.kind === 'state-change' ? { settleSeconds: 0 } : {}) };
}

/** What was marked for is over now; what was never marked was none of ours. */
async function gone(session: Session, code: string, text: string): Promise<VerifiedTick> {
  await rememberMarks(session);
  return { turn: { end: session.state.marked ? alreadyResolvedEnd(text) : ignoredEnd(code, text) } };
}
