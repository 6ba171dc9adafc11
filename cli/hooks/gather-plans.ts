import type { GroupHooks } from '../../shared/adapters/group-hooks.ts';
import { type GroupLook, lookAtGroups } from '../../shared/hooks/look-at-groups.ts';
import { noHooksFor, otherCluster } from '../../shared/lifecycle/hook-group.ts';
import { planHooks } from '../../shared/lifecycle/hook-plan.ts';
import { planRemoval } from '../../shared/lifecycle/hook-removal.ts';
import type { GroupHook, HookedGroup, HookPlan } from '../../shared/lifecycle/hook-step.ts';
import { explainAwsError, type Trouble } from '../explain-aws-error.ts';
import type { HookRequest } from './hook-request.ts';

/** A group that nothing is known of, and why. */
export interface GroupFailure extends Trouble {
  groupName: string;
}

export interface Gathered {
  region: string;
  plans: readonly HookPlan[];
  failures: readonly GroupFailure[];
}

/** One plan a group, by name. A group that cannot be read does not keep the others from theirs; throws when none can be. */
export async function gatherPlans(
  request: HookRequest,
  { hooks, signal }: { hooks: GroupHooks; signal: AbortSignal },
): Promise<Gathered> {
  const { clusterName, groupNames, requireTag, command } = request;
  const region = await hooks.region();
  const named = groupNames.length > 0;
  const groups = await (named ? hooks.groupsNamed(groupNames, signal) : hooks.groupsOf(clusterName, signal));
  const missing: GroupFailure[] = groupNames
    .filter((groupName) => !groups.some(({ name }) => name === groupName))
    .map((groupName) => ({
      groupName,
      text: 'there is no Auto Scaling group of that name',
      next: 'See the name, and --region and --profile.',
      access: false,
    }));
  const choice = { clusterName, named, requireTag };
  const looks = await lookAtGroups(
    groups,
    {
      // A hook of ours on a group that may have none goes all the same.
      leave: (group) => (command === 'remove' ? otherCluster(group, choice) : noHooksFor(group, choice)),
      concernsAll: (error) => explainAwsError(error).access,
    },
    { hooks, signal },
  );
  return {
    region,
    plans: looks.flatMap((look) => planOf(look, request)),
    failures: [
      ...missing,
      ...looks.flatMap((look) =>
        'error' in look ? [{ groupName: look.group.name, ...explainAwsError(look.error) }] : [],
      ),
    ],
  };
}

function planOf(look: GroupLook, request: HookRequest): HookPlan[] {
  if ('error' in look) return [];
  if ('leftAlone' in look) {
    return [{ groupName: look.group.name, leftAlone: look.leftAlone, steps: [], others: [] }];
  }
  return [planGroup(look.group, look.hooks, request)];
}

function planGroup(group: HookedGroup, found: readonly GroupHook[], request: HookRequest): HookPlan {
  const { command, clusterName, kinds, topicArn, roleArn, heartbeatSeconds, force } = request;
  if (command === 'remove') return planRemoval(group, found, { topicArn: force ? undefined : topicArn, kinds });
  if (topicArn === undefined || roleArn === undefined) throw new Error('a hook needs a topic and a role');
  return planHooks(group, found, { clusterName, topicArn, roleArn, heartbeatSeconds, kinds });
}
