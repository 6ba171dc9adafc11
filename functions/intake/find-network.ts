import { type EventAction, isHookAction } from '../../shared/lifecycle/action.ts';
import { nameCluster } from '../../shared/lifecycle/name-cluster.ts';
import type { GroupLookups } from '../../shared/ports.ts';
import type { IntakeSettings, TickNetwork } from '../../shared/settings/intake.ts';

/**
 * The network from which the API server of the instance's cluster is reached; undefined: it has a public endpoint, or nobody can tell
 * which cluster it is, which the tick will say. Asks Auto Scaling only where there are networks and the event does not name its cluster.
 */
export async function findNetwork(
  action: EventAction,
  { networks, clusterName }: Pick<IntakeSettings, 'networks' | 'clusterName'>,
  signal: AbortSignal,
  { groups }: { groups: GroupLookups },
): Promise<TickNetwork | undefined> {
  if (networks.length === 0) return undefined;
  const metadata = isHookAction(action) ? action.metadata : undefined;
  const told = nameCluster({ groupName: '', metadata, tags: {}, setting: undefined });
  const named = 'name' in told ? told : await nameByGroup();
  return named && 'name' in named ? networks.find(({ clusters }) => clusters.includes(named.name)) : undefined;

  async function nameByGroup() {
    const groupName = isHookAction(action)
      ? action.groupName
      : (await groups.describeInstance(action.instanceId, signal))?.groupName;
    const group = groupName === undefined ? undefined : await groups.describeGroup(groupName, signal);
    return group && nameCluster({ groupName: group.name, metadata: undefined, tags: group.tags, setting: clusterName });
  }
}
