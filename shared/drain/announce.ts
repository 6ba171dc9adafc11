import type { ClusterEvent, ClusterPort } from '../cluster-port.ts';
import { isHookAction } from '../lifecycle/action.ts';
import type { NodeView } from '../lifecycle/node.ts';
import type { PodRef } from '../lifecycle/pod.ts';
import { askedBy, drainId, type Session } from './session.ts';
import { writeEvent } from './write-event.ts';

/**
 * Kubernetes Events, so that `kubectl describe` tells the story. The name is made of what the Event says, so that the API server itself
 * refuses a second one (409). They are a courtesy: one that cannot be written is logged and the drain goes on.
 */
export function announceOnNode(
  session: Session,
  cluster: ClusterPort,
  node: Pick<NodeView, 'name' | 'uid'>,
  type: ClusterEvent['type'],
  reason: string,
  message: string,
): void {
  const name = `drain-${node.uid}-${reason.toLowerCase()}-${shortName(session)}`;
  const regarding = { kind: 'Node' as const, name: node.name, uid: node.uid };
  announce(session, cluster, { name, type, reason, message, regarding });
}

/** Part of a name that Kubernetes takes, and that another drain of the same node does not have. */
function shortName({ input: { action } }: Session): string {
  const id = isHookAction(action) ? action.token.slice(0, 8) : askedBy(action).slice(-8);
  return id.toLowerCase().replace(/[^a-z0-9]/g, '0');
}

export function announceOnPod(
  session: Session,
  cluster: ClusterPort,
  pod: PodRef,
  type: ClusterEvent['type'],
  reason: string,
  cause: { code: string; text: string },
): void {
  const name = `drain-${pod.uid}-${reason.toLowerCase()}-${cause.code}`;
  const regarding = { kind: 'Pod' as const, namespace: pod.namespace, name: pod.name, uid: pod.uid };
  announce(session, cluster, { name, type, reason, message: cause.text, regarding });
}

function announce(session: Session, cluster: ClusterPort, event: Omit<ClusterEvent, 'at'>): void {
  writeEvent(session, cluster, event, { drain: drainId(session.input) });
}
