import type { GroupHook, HookedGroup } from '../lifecycle/hook-step.ts';
import { fewAtOnce } from './few-at-once.ts';

/** What is known of a group's hooks, or why nothing is. */
export type GroupLook = { group: HookedGroup } & (
  | { leftAlone: { code: string; text: string } }
  | { hooks: readonly GroupHook[] }
  | { error: Error }
);

export interface LookPorts {
  /** undefined: the group is gone. */
  hooks: { hooksOf(groupName: string, signal: AbortSignal): Promise<readonly GroupHook[] | undefined> };
  signal: AbortSignal;
}

export interface LookRules {
  /** Why the hooks of a group are not asked for. */
  leave: (group: HookedGroup) => { code: string; text: string } | undefined;
  /** The next group would fail in the same way. */
  concernsAll: (error: unknown) => boolean;
}

/** Auto Scaling throttles its describe calls for the whole account. */
const atOnce = 4;

/** One look a group, in their order. A group that cannot be read does not keep the others from theirs; throws what concerns all of them. */
export function lookAtGroups(
  groups: readonly HookedGroup[],
  { leave, concernsAll }: LookRules,
  { hooks, signal }: LookPorts,
): Promise<GroupLook[]> {
  return fewAtOnce(atOnce, groups, async (group): Promise<GroupLook> => {
    const leftAlone = leave(group);
    if (leftAlone) return { group, leftAlone };
    try {
      const found = await hooks.hooksOf(group.name, signal);
      if (found) return { group, hooks: found };
      return { group, leftAlone: { code: 'group-gone', text: 'the group was deleted meanwhile' } };
    } catch (error) {
      signal.throwIfAborted();
      if (concernsAll(error) || !(error instanceof Error)) throw error;
      return { group, error };
    }
  });
}
