import type { HookAction, Place } from './action.ts';
import type { LaunchEnd } from './launch.ts';
import { notOurGroup } from './own-group.ts';
import { type AutoScalingFacts, isOurHook, type OurHooks } from './verify-action.ts';

export type VerifiedLaunch =
  /**
   * `to`: where the instance is going. `inService`: it is there already, since its hook timed out while we worked on it; its node is still to
   * be made what it should be, or its start-up taint would stay for good.
   */
  | { verdict: 'go'; to: 'group' | 'warm-pool'; inService: boolean }
  | { verdict: 'look-again'; text: string }
  | { verdict: 'end'; end: LaunchEnd };

const launching = {
  group: ['Pending', 'Pending:Wait'],
  'warm-pool': ['Warmed:Pending', 'Warmed:Pending:Wait'],
};

/** Where a launch leads to once its hooks are completed, and what may come after it. */
const movedOn = [
  'Pending:Proceed',
  'InService',
  'EnteringStandby',
  'Standby',
  'Detaching',
  'Detached',
  'Terminating',
  'Terminating:Wait',
  'Terminating:Proceed',
  'Terminating:Retained',
  'Terminated',
];

/** Where a warm pool keeps its instances. */
const pooled = ['Warmed:Stopped', 'Warmed:Running', 'Warmed:Hibernated'];

/** Auto Scaling may lag behind its own event. */
const mostLooks = 3;

/**
 * May this launch be worked on? As for a termination: hooks of others are none of our business, and an event for an instance in another
 * state is forged, replayed or out of date. https://docs.aws.amazon.com/autoscaling/ec2/userguide/warm-pool-instance-lifecycle.html
 */
export function verifyLaunch(
  action: Pick<HookAction, 'instanceId' | 'groupName' | 'hookName' | 'destination'>,
  { instance, group, hook }: AutoScalingFacts,
  ours: OurHooks,
  progress: { looks: number; begun: boolean },
): VerifiedLaunch {
  const { instanceId, groupName, hookName, destination } = action;
  const requireTag = ours.requireTag ?? false;
  const foreign = group && notOurGroup({ name: groupName, tags: group.tags }, { hasHook: true, requireTag });
  if (foreign) return ignore(foreign.code, foreign.text);
  const isLastLook = progress.looks + 1 >= mostLooks;
  if (!instance) {
    const text = `Auto Scaling does not know ${instanceId}`;
    return isLastLook ? { verdict: 'end', end: launchResolvedEnd(text) } : { verdict: 'look-again', text };
  }
  if (instance.groupName !== groupName) {
    const text = `EC2InstanceId ${instanceId} is in group ${instance.groupName}, AutoScalingGroupName says ${groupName}`;
    return ignore('instance-not-in-group', text);
  }
  if (!hook) return ignore('hook-not-found', `group ${groupName} has no lifecycle hook ${hookName}`);
  if (!isOurHook(hook, ours)) {
    const text = `LifecycleHookName ${hookName} of ${groupName} is neither named in our settings nor notifies our topic`;
    return ignore('foreign-hook', text);
  }
  const { lifecycleState } = instance;
  const to = launchesTo(lifecycleState, destination);
  if (to) return { verdict: 'go', to, inService: false };
  if (progress.begun && ['Pending:Proceed', 'InService'].includes(lifecycleState)) {
    return { verdict: 'go', to: 'group', inService: true };
  }
  const text = `${instanceId} is ${lifecycleState}`;
  const hasMovedOn = movedOn.includes(lifecycleState.replace('Warmed:', ''));
  if (hasMovedOn || (destination === 'WarmPool' && pooled.includes(lifecycleState))) {
    return { verdict: 'end', end: launchResolvedEnd(`${text}: its launch is over`) };
  }
  if (!isLastLook) return { verdict: 'look-again', text: `${text}, not launching` };
  return ignore('not-launching', `${text}, not launching: the event is forged, replayed or out of date`);
}

/** undefined: it does not launch. Messages without a destination, which are older, are told by the state. */
export function launchesTo(lifecycleState: string, destination: Place | undefined): 'group' | 'warm-pool' | undefined {
  if (launching.group.includes(lifecycleState)) return destination === 'WarmPool' ? undefined : 'group';
  const toPool = launching['warm-pool'].includes(lifecycleState) && destination !== 'AutoScalingGroup';
  return toPool ? 'warm-pool' : undefined;
}

export function launchResolvedEnd(text: string): LaunchEnd {
  return { reason: 'already-resolved', completion: null, text, alarm: false };
}

/** What a launch came to that was resolved without us: there is nothing left to complete, but its node is at work, or will be. */
export function withoutUsEnd(why: string, { text, ...end }: LaunchEnd): LaunchEnd {
  return { ...end, reason: 'already-resolved', completion: null, text: `${why}: ${text}` };
}

/** Is the instance gone, or on its way out? What its node is like matters to nobody then. */
export function isLeavingLaunch(lifecycleState: string | undefined): boolean {
  return lifecycleState === undefined || /Terminat|Detach/.test(lifecycleState);
}

export function launchIgnoredEnd(code: string, text: string, alarm = false): LaunchEnd {
  return { reason: 'ignored', code, completion: null, text, alarm };
}

function ignore(code: string, text: string): VerifiedLaunch {
  return { verdict: 'end', end: launchIgnoredEnd(code, text) };
}
