import type { GroupHook, HookedGroup } from '../lifecycle/hook-step.ts';
import { hookTransitions } from '../lifecycle/own-hooks.ts';
import type { CheckInfo, Judged } from './finding.ts';

/** A self-managed group of a cluster, with its hooks. */
export interface GroupFacts {
  clusterName: string;
  group: HookedGroup;
  hooks: readonly GroupHook[];
}

/** The hooks as the stack would have them. */
export interface HookWishes {
  topicArn: string;
  /** As whom Auto Scaling publishes to the topic. */
  roleArn: string;
  heartbeatSeconds: number;
  /** A hook is ours when it has one of these names or notifies the topic. */
  hookNames: readonly string[];
  region: string;
}

/** One rule of a group's hooks. An empty answer: another check tells. */
export interface GroupCheck extends CheckInfo {
  judge(facts: GroupFacts, wishes: HookWishes): Judged[];
}

export function terminatingHooks({ hooks }: GroupFacts): GroupHook[] {
  return hooks.filter(({ transition }) => transition === hookTransitions.terminate);
}

export function isOurs({ name, topicArn }: GroupHook, wishes: HookWishes): boolean {
  return wishes.hookNames.includes(name) || topicArn === wishes.topicArn;
}
