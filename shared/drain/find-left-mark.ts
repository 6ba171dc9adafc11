import { metadataOf } from '../lifecycle/hook-options.ts';
import { readMark } from '../lifecycle/mark.ts';
import { nameCluster } from '../lifecycle/name-cluster.ts';
import type { GroupView, HookView } from '../ports.ts';
import { drainId, type Session } from './session.ts';

/**
 * A tick that was killed, and whose report is lost, is known by its mark alone: does the node of an instance that is in service carry one
 * of this very drain? Then the session knows where to take it back. Nothing is written.
 */
export async function findLeftMark(
  session: Session,
  group: GroupView,
  hook: HookView,
): Promise<'found' | 'none' | 'unknown'> {
  const { input, settings, state, ports, limit } = session;
  const metadata = metadataOf(input.action, hook);
  const named = nameCluster({ groupName: group.name, metadata, tags: group.tags, setting: settings.clusterName });
  if ('problem' in named) return 'none';
  const lookup = await ports.clusters.open(named.name, limit.signal);
  if (lookup.found === 'gone') return 'none';
  const nodes = await lookup.cluster.findNodes(input.action.instanceId, limit.signal);
  if (!nodes.ok) return 'unknown';
  const marked = nodes.value.find(({ annotations }) => readMark(annotations)?.drain === drainId(input));
  if (!marked) return 'none';
  state.clusterName = named.name;
  state.nodeName = marked.name;
  state.marked = true;
  return 'found';
}
