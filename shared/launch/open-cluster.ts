import type { ClusterPort } from '../cluster-port.ts';
import { launchClusterGoneEnd } from '../lifecycle/launch-ends.ts';
import { launchIgnoredEnd } from '../lifecycle/launch-verify.ts';
import { nameCluster } from '../lifecycle/name-cluster.ts';
import type { GroupView, HookView } from '../ports.ts';
import type { LaunchSession, LaunchTurn } from './launch-session.ts';

/** The cluster that the instance is to join, or the end that its absence means. */
export async function openCluster(
  { input, settings, state, ports, limit }: LaunchSession,
  group: GroupView,
  hook: HookView,
): Promise<{ turn: LaunchTurn } | { cluster: ClusterPort; clusterName: string }> {
  const metadata = input.action.metadata ?? hook.metadata;
  const named = nameCluster({ groupName: group.name, metadata, tags: group.tags, setting: settings.clusterName });
  if ('problem' in named) return { turn: { end: launchIgnoredEnd(named.problem, named.text, true) } };
  const lookup = await ports.clusters.open(named.name, limit.signal);
  if (lookup.found === 'gone') return { turn: { end: launchClusterGoneEnd(named.name) } };
  state.clusterName = named.name;
  return { cluster: lookup.cluster, clusterName: named.name };
}
