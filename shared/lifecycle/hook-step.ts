import type { hookNames } from './own-hooks.ts';

export type HookKind = keyof typeof hookNames;

/** A lifecycle hook as Auto Scaling keeps it. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LifecycleHook.html */
export interface GroupHook {
  name: string;
  transition: string;
  heartbeatSeconds: number;
  defaultResult: string;
  /** `NotificationTargetARN`, which may be a queue as well. */
  topicArn: string | undefined;
  roleArn: string | undefined;
  metadata: string | undefined;
}

/** A group with the instances that are in it; those of its warm pool are not among them. */
export interface HookedGroup {
  name: string;
  tags: Readonly<Record<string, string>>;
  instances: readonly { id: string; lifecycleState: string }[];
  /** What a hook for terminations abandons is kept instead of terminated. */
  retainsAbandoned?: boolean;
}

/** One value of a hook that is to be another one. */
export interface HookChange {
  field: Exclude<keyof GroupHook, 'name'>;
  from: string | number | undefined;
  to: string | number | undefined;
}

/** An instance that a hook pauses, and how Auto Scaling completes its action when the hook is deleted. */
export interface WaitingInstance {
  id: string;
  lifecycleState: string;
  result: 'CONTINUE' | 'ABANDON';
}

/** What is to be done about one hook of a group, and why. */
export type HookStep = { kind: HookKind; name: string; code: string; text: string } & (
  | { verdict: 'create'; hook: GroupHook }
  | { verdict: 'change'; hook: GroupHook; changes: readonly HookChange[] }
  | { verdict: 'delete'; waiting: readonly WaitingInstance[] }
  | { verdict: 'keep' }
  /** It should be done and cannot be. */
  | { verdict: 'refuse' }
);

/** A hook that is none of ours by name. It is never touched. */
export interface OtherHook {
  name: string;
  code: string;
  text: string;
}

export interface HookPlan {
  groupName: string;
  /** Why nothing is done about the group. */
  leftAlone?: { code: string; text: string };
  steps: readonly HookStep[];
  others: readonly OtherHook[];
}
