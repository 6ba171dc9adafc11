import type { ClusterEvent, ClusterPort } from '../cluster-port.ts';
import type { NodeView } from '../lifecycle/node.ts';
import type { PodRef } from '../lifecycle/pod.ts';
import { iso } from '../lifecycle/report-draft.ts';
import { drainId, type Session } from './session.ts';

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
  const name = `drain-${node.uid}-${reason.toLowerCase()}-${session.input.action.token.slice(0, 8).toLowerCase()}`;
  const regarding = { kind: 'Node' as const, name: node.name, uid: node.uid };
  announce(session, cluster, { name, type, reason, message, regarding });
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
  const { ports, limit } = session;
  const written = cluster.createEvent(
    { ...event, message: event.message.slice(0, 1000), at: iso(ports.clock.now()) },
    limit.signal,
  );
  session.courtesies.push(
    written.then(
      (answer) => {
        if (answer.ok || answer.failure.code === 409) return;
        ports.log.warn('event not written', {
          drain: drainId(session.input),
          event: event.name,
          error: answer.failure.message,
        });
      },
      (error: unknown) => ports.log.warn('event not written', { event: event.name, error: String(error) }),
    ),
  );
}
