import { endOf } from '../lifecycle/deadline.ts';
import { type Verified, verifyTermination } from '../lifecycle/verify-action.ts';
import type { GroupView, HookView } from '../ports.ts';
import type { Session, Turn } from './session.ts';

export type VerifiedTick = { turn: Turn; undo?: true } | { group: GroupView; hook: HookView };

/** Step 1: is this termination ours to work on, and is it still under way? */
export async function verify(session: Session): Promise<VerifiedTick> {
  const { ports, input, settings, state, budget } = session;
  const { groupName, hookName, instanceId } = input.action;
  const [instance, group, hook] = await Promise.all([
    ports.autoScaling.describeInstance(instanceId, budget.signal),
    ports.autoScaling.describeGroup(groupName, budget.signal),
    ports.autoScaling.describeHook(groupName, hookName, budget.signal),
  ]);
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
  session.heartbeatEveryMilliseconds = (hook.heartbeatSeconds * 1000) / 3;
  const { startedAt, extendedUntil } = state;
  const { globalTimeoutSeconds } = hook;
  session.endsAt = endOf({
    startedAt,
    extendedUntil,
    globalTimeoutSeconds,
    soonerAt: undefined,
    policy: settings.policy,
  });
  return { group, hook };
}
