import { isHookLost } from '../drain/beat-while.ts';
import { tellAutoScaling } from '../drain/tell-auto-scaling.ts';
import type { LaunchEnd } from '../lifecycle/launch.ts';
import { isLeavingLaunch, launchesTo, launchResolvedEnd, withoutUsEnd } from '../lifecycle/launch-verify.ts';
import type { LaunchSession, LaunchTurn } from './launch-session.ts';

/**
 * Tells Auto Scaling. "No active Lifecycle Action" is asked about: one that lags gets another try, a resolved action is done. Whoever goes
 * into service all the same is told of as it is.
 */
export async function complete(session: LaunchSession, end: LaunchEnd): Promise<LaunchTurn> {
  const { ports, input, limit, state } = session;
  if (end.completion === null) return { end };
  const answer = await tellAutoScaling(input.action, end.completion, limit.signal, ports);
  if (answer === 'accepted') return { end };
  const instance = await ports.autoScaling.describeInstance(input.action.instanceId, limit.signal);
  const lifecycleState = instance?.lifecycleState ?? 'gone';
  if (launchesTo(lifecycleState, input.action.destination)) {
    state.noActionSince ??= ports.clock.now();
    if (isHookLost(session))
      return { end: withoutUsEnd('our action is no longer active, and the instance waits for another hook', end) };
    return { again: 5, phase: 'done', text: `Auto Scaling says ${lifecycleState} but knows no active action yet` };
  }
  const text = `the instance is ${lifecycleState}: somebody else completed the action, or it timed out`;
  return { end: isLeavingLaunch(instance?.lifecycleState) ? launchResolvedEnd(text) : withoutUsEnd(text, end) };
}
