import type { ClusterEvent, ClusterPort } from '../cluster-port.ts';
import { writeEvent } from '../drain/write-event.ts';
import type { NodeView } from '../lifecycle/node.ts';
import { type LaunchSession, launchId } from './launch-session.ts';

/** Once for each launch of a node, so that `kubectl describe node` tells its story: the name is made of both. */
export function announceLaunch(
  session: LaunchSession,
  cluster: ClusterPort,
  node: Pick<NodeView, 'name' | 'uid'>,
  type: ClusterEvent['type'],
  reason: string,
  message: string,
): void {
  const { token } = session.input.action;
  const launch = token
    .slice(0, 8)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '0');
  const name = `launch-${node.uid}-${reason.toLowerCase()}-${launch}`;
  const regarding = { kind: 'Node' as const, name: node.name, uid: node.uid };
  writeEvent(session, cluster, { name, type, reason, message, regarding }, { launch: launchId(session.input) });
}
