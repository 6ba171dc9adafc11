import { verifyLaunch } from '../lifecycle/launch-verify.ts';
import type { GroupView, HookView } from '../ports.ts';
import type { LaunchSession, LaunchTurn } from './launch-session.ts';

export interface LaunchUnderWay {
  group: GroupView;
  hook: HookView;
  /** Where the instance is going. */
  to: 'group' | 'warm-pool';
  /** It is there already: nothing is left to complete. */
  inService: boolean;
}

const lookAgainSeconds = 5;

/** Step 1: is this launch ours to work on, and is it still under way? Nothing is written before that is known. */
export async function verify(session: LaunchSession): Promise<{ turn: LaunchTurn } | LaunchUnderWay> {
  const { ports, input, settings, state, limit } = session;
  const { groupName, hookName, instanceId } = input.action;
  const [instance, group, hook] = await Promise.all([
    ports.autoScaling.describeInstance(instanceId, limit.signal),
    ports.autoScaling.describeGroup(groupName, limit.signal),
    ports.autoScaling.describeHook(groupName, hookName, limit.signal),
  ]);
  const progress = { looks: state.otherStateLooks, begun: state.clusterName !== null };
  const verified = verifyLaunch(input.action, { instance, group, hook }, settings.ours, progress);
  switch (verified.verdict) {
    case 'look-again':
      state.otherStateLooks += 1;
      return { turn: { again: lookAgainSeconds, phase: 'verifying', text: verified.text } };
    case 'end':
      return { turn: { end: verified.end } };
    case 'go':
      break;
  }
  state.otherStateLooks = 0;
  if (!group || !hook) throw new Error(`describing ${groupName}: verified without a group or hook`);
  // Nobody has to be kept waiting any longer.
  session.hook = verified.inService ? undefined : hook;
  return { group, hook, to: verified.to, inService: verified.inService };
}
