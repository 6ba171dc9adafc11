import type { GroupHookReads } from '../../shared/adapters/group-hook-reads.ts';
import { DeniedError } from '../../shared/adapters/paced-calls.ts';
import type { LeftAlone } from '../../shared/audit/audit-report.ts';
import { checkGroup, noGroups, type Said, type Unknown, unknownHooks } from '../../shared/audit/check-groups.ts';
import type { HookWishes } from '../../shared/audit/hook-facts.ts';
import { type GroupLook, lookAtGroups } from '../../shared/hooks/look-at-groups.ts';
import { noHooksFor } from '../../shared/lifecycle/hook-group.ts';

export interface ClusterPorts {
  hooks: Pick<GroupHookReads, 'groupsOf' | 'hooksOf'>;
  signal: AbortSignal;
}

export interface ClusterFindings {
  said: Said[];
  leftAlone: LeftAlone[];
}

/**
 * What there is to say of the groups of one cluster. What we may not look at, and a group that cannot be read, is unknown; throws when the
 * groups themselves cannot be listed for another reason than that, so that the audit is tried again.
 */
export async function auditCluster(
  clusterName: string,
  { wishes, requireTag }: { wishes: HookWishes; requireTag: boolean },
  { hooks, signal }: ClusterPorts,
): Promise<ClusterFindings> {
  try {
    const groups = await hooks.groupsOf(clusterName, signal);
    if (groups.length === 0) return { said: [noGroups(clusterName)], leftAlone: [] };
    const choice = { clusterName, named: false, requireTag };
    const rules = {
      leave: (group: GroupLook['group']) => noHooksFor(group, choice),
      concernsAll: (error: unknown) => deniedBy(error) !== undefined,
    };
    const looks = await lookAtGroups(groups, rules, { hooks, signal });
    return {
      said: looks.flatMap((look) => saidOf(look, clusterName, wishes)),
      leftAlone: looks.flatMap((look) =>
        'leftAlone' in look && !isUnclear(look.leftAlone)
          ? [{ cluster: clusterName, resource: look.group.name, ...look.leftAlone }]
          : [],
      ),
    };
  } catch (error) {
    const denied = deniedBy(error);
    if (!denied) throw error;
    const why = { text: `we may not look: ${denied.message}`, right: denied.right };
    return { said: unknownHooks(clusterName, why), leftAlone: [] };
  }
}

function saidOf(look: GroupLook, clusterName: string, wishes: HookWishes): Said[] {
  const { group } = look;
  if ('hooks' in look) return checkGroup({ clusterName, group, hooks: look.hooks }, wishes);
  const unknown = (why: Unknown) => unknownHooks(group.name, why);
  if ('error' in look) return unknown({ text: `it could not be read: ${look.error.message}` });
  return isUnclear(look.leftAlone) ? unknown(look.leftAlone) : [];
}

/** Of nobody: not even an event about one of its instances would be taken. */
const isUnclear = ({ code }: { code: string }) => code === 'two-clusters';

function deniedBy(error: unknown): DeniedError | undefined {
  return error instanceof Error && error.cause instanceof DeniedError ? error.cause : undefined;
}
