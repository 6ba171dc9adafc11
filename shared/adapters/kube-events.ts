import type { CoreV1Event } from '@kubernetes/client-node';
import type { ClusterEvent, ClusterPort } from '../cluster-port.ts';
import { call, nothing } from './kube-call.ts';
import type { KubeTransport } from './kube-transport.ts';
import { kubePath, type Wire } from './kube-wire.ts';

/** Shown by `kubectl describe` as where an event comes from. */
const component = 'eks-node-lifecycle';

export function kubeEvents(transport: KubeTransport, reportingInstance: string): Pick<ClusterPort, 'createEvent'> {
  return {
    createEvent: async (event, signal) => {
      const body = eventBody(event, reportingInstance);
      const path = kubePath('api', 'v1', 'namespaces', namespaceOf(event), 'events');
      return call(transport, { method: 'POST', path, body }, nothing, signal);
    },
  };
}

/** A Node has no namespace; its events live in `default` and are refused (422) elsewhere. */
function namespaceOf({ regarding }: ClusterEvent): string {
  return regarding.kind === 'Pod' ? regarding.namespace : 'default';
}

function eventBody(event: ClusterEvent, reportingInstance: string): Wire<CoreV1Event> {
  const { name, type, reason, message, at, regarding } = event;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: namespaceOf(event) },
    type,
    reason,
    message,
    count: 1,
    firstTimestamp: at,
    lastTimestamp: at,
    involvedObject: { apiVersion: 'v1', ...regarding },
    source: { component },
    reportingComponent: component,
    reportingInstance,
  };
}
