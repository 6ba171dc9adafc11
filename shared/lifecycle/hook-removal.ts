import type { GroupHook, HookedGroup, HookKind, HookPlan, HookStep, OtherHook, WaitingInstance } from './hook-step.ts';
import { hookNames, hookTransitions } from './own-hooks.ts';

export interface UnwantedHooks {
  /** Only hooks that notify it are ours; undefined: their names are enough. */
  topicArn: string | undefined;
  kinds: readonly HookKind[];
}

/** Which hooks of a group go. Somebody else's stay, and so do those that notify our topic under another name. */
export function planRemoval(group: HookedGroup, hooks: readonly GroupHook[], unwanted: UnwantedHooks): HookPlan {
  const names = unwanted.kinds.map((kind) => hookNames[kind] as string);
  const steps = unwanted.kinds.flatMap((kind) => {
    const hook = hooks.find(({ name }) => name === hookNames[kind]);
    return hook ? [removal(kind, hook, group, unwanted)] : [];
  });
  const others = hooks.filter(({ name }) => !names.includes(name));
  return { groupName: group.name, steps, others: others.flatMap((hook) => leftOver(hook, unwanted)) };
}

function removal(
  kind: HookKind,
  { name, topicArn, transition }: GroupHook,
  group: HookedGroup,
  unwanted: UnwantedHooks,
): HookStep {
  if (unwanted.topicArn !== undefined && topicArn !== unwanted.topicArn) {
    const text = `kept: it notifies ${topicArn ?? 'nobody'}, not our topic; --force goes by the name alone`;
    return { verdict: 'keep', kind, name, code: 'other-topic', text };
  }
  return { verdict: 'delete', kind, name, code: 'ours', text: 'is deleted', waiting: waitingFor(transition, group) };
}

function leftOver({ name, topicArn }: GroupHook, unwanted: UnwantedHooks): OtherHook[] {
  if (topicArn === undefined || topicArn !== unwanted.topicArn) return [];
  return [{ name, code: 'notifies-too', text: 'notifies our topic under a name that is not ours: kept' }];
}

const waitStates: Record<string, string> = {
  [hookTransitions.terminate]: 'Terminating:Wait',
  [hookTransitions.launch]: 'Pending:Wait',
};

/**
 * Instances that may be waiting for the hook, or for another one of its transition. Deleting it completes their actions, and not with its
 * default result: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DeleteLifecycleHook.html
 */
function waitingFor(transition: string, { instances }: HookedGroup): WaitingInstance[] {
  const result = transition === hookTransitions.launch ? 'ABANDON' : 'CONTINUE';
  return instances
    .filter(({ lifecycleState }) => lifecycleState === waitStates[transition])
    .map(({ id, lifecycleState }) => ({ id, lifecycleState, result }));
}
