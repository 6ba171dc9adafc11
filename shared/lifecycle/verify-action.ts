import type { HookAction } from './action.ts';
import type { End } from './end.ts';
import { abortedEnd, alreadyResolvedEnd, ignoredEnd } from './ends.ts';
import { notOurGroup } from './own-group.ts';

/** What Auto Scaling says of the instance, its group and the hook. */
export interface AutoScalingFacts {
  instance: { groupName: string; lifecycleState: string } | undefined;
  group: { tags: Readonly<Record<string, string>> } | undefined;
  hook: { name: string; notificationTargetArn: string | undefined } | undefined;
}

/** Which hooks are ours: by name, or because they notify one of our topics. */
export interface OurHooks {
  hookNames: readonly string[];
  topicArns: readonly string[];
  /** Only groups that say so with a tag are ours. */
  requireTag?: boolean;
}

export type Verified =
  | { verdict: 'go' }
  /** A healthy instance on the first look: Auto Scaling may lag behind its own event. */
  | { verdict: 'look-again'; text: string }
  | { verdict: 'end'; end: End }
  /** The instance is in service again: undo our marks, then end. */
  | { verdict: 'undo'; end: End };

/**
 * May this action be worked on? EventBridge delivers every lifecycle hook's events of the account, and a forged or replayed event must not
 * drain a healthy node. https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html
 */
export function verifyTermination(
  action: Pick<HookAction, 'instanceId' | 'groupName' | 'hookName' | 'destination'>,
  facts: AutoScalingFacts,
  ours: OurHooks,
  progress: { looks: number; marked: boolean },
): Verified {
  const { instance, group, hook } = facts;
  const { instanceId, groupName, hookName } = action;
  const foreign =
    group &&
    notOurGroup(
      { name: groupName, tags: group.tags },
      {
        hasHook: true,
        requireTag: ours.requireTag ?? false,
      },
    );
  if (foreign) return ignore(foreign.code, foreign.text);
  if (!instance) {
    const text = `Auto Scaling no longer knows ${instanceId}`;
    return progress.looks < 2 ? { verdict: 'look-again', text } : { verdict: 'end', end: alreadyResolvedEnd(text) };
  }
  if (instance.groupName !== groupName) {
    return ignore(
      'instance-not-in-group',
      `EC2InstanceId ${instanceId} is in group ${instance.groupName}, AutoScalingGroupName says ${groupName}`,
    );
  }
  if (!hook && progress.marked) {
    return { verdict: 'end', end: alreadyResolvedEnd(`the lifecycle hook ${hookName} of ${groupName} was deleted`) };
  }
  if (!hook) return ignore('hook-not-found', `group ${groupName} has no lifecycle hook ${hookName}`);
  if (!isOurHook(hook, ours)) {
    return ignore(
      'foreign-hook',
      `LifecycleHookName ${hookName} of ${groupName} is neither named in our settings nor notifies our topic`,
    );
  }
  return verifyState(action, instance.lifecycleState, progress);
}

export function isOurHook(
  { name, notificationTargetArn }: { name: string; notificationTargetArn: string | undefined },
  { hookNames, topicArns }: OurHooks,
): boolean {
  const byTopic = notificationTargetArn !== undefined && topicArns.includes(notificationTargetArn);
  return byTopic || hookNames.includes(name);
}

/** On its way out, or back to a warm pool. */
const leaving = /^(Warmed:)?Terminating(:Wait)?$/;
const returning = /^Warmed:Pending(:Wait)?$/;
const inService = /^(InService|EnteringStandby|Standby|Warmed:(Stopped|Running|Hibernated))$/;
const resolved = /^((Warmed:)?Terminating|Warmed:Pending):(Proceed|Retained)$|^(Warmed:)?Terminated$/;

function verifyState(
  { instanceId, destination }: Pick<HookAction, 'instanceId' | 'destination'>,
  state: string,
  progress: { looks: number; marked: boolean },
): Verified {
  const returns = returning.test(state) && (destination === undefined || destination === 'WarmPool');
  if (leaving.test(state) || returns) return { verdict: 'go' };
  if (resolved.test(state)) {
    return { verdict: 'end', end: alreadyResolvedEnd(`${instanceId} is in ${state}: its hook was completed already`) };
  }
  if (progress.marked && inService.test(state)) return { verdict: 'undo', end: abortedEnd('returned') };
  const text = `EC2InstanceId ${instanceId} is ${state}, not terminating`;
  return progress.looks < 2
    ? { verdict: 'look-again', text }
    : ignore('healthy-instance', `${text}: the event is forged, replayed or out of date`);
}

function ignore(code: string, text: string): Verified {
  return { verdict: 'end', end: ignoredEnd(code, text) };
}

/**
 * Is the instance back at work, or where it waits for work? Not when that is where the completion of its action has led it: only one that
 * was on its way to a warm pool is there because of us.
 */
export function hasReturned({ destination }: Pick<HookAction, 'destination'>, lifecycleState: string): boolean {
  return inService.test(lifecycleState) && !(destination !== 'EC2' && lifecycleState.startsWith('Warmed:'));
}

/** Paused by a hook, or about to be: an action that Auto Scaling does not know yet may still come. */
export function isLeaving(lifecycleState: string): boolean {
  return leaving.test(lifecycleState) || returning.test(lifecycleState);
}
