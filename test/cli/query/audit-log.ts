/** A line of the audit log, as the API server writes it. */
export function auditLine(at: string, event: Record<string, unknown>): string {
  return JSON.stringify({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'RequestResponse',
    auditID: `id-${at}`,
    stage: 'ResponseComplete',
    verb: 'create',
    user: { username: 'drainer', groups: ['system:authenticated'] },
    sourceIPs: ['10.0.0.1'],
    userAgent: 'eks-node-lifecycle/1',
    responseStatus: { metadata: {}, code: 201 },
    ...event,
    requestReceivedTimestamp: at,
    stageTimestamp: at,
  });
}

export function eviction(at: string, pod: string, code = 201): string {
  const message = "Cannot evict pod as it would violate the pod's disruption budget.";
  const cause = 'The disruption budget web needs 2 healthy pods and has 2 currently';
  return auditLine(at, {
    requestURI: `/api/v1/namespaces/shop/pods/${pod}/eviction`,
    objectRef: { resource: 'pods', namespace: 'shop', name: pod, apiVersion: 'v1', subresource: 'eviction' },
    responseStatus: { metadata: {}, code },
    ...(code === 429 && {
      responseStatus: { metadata: {}, status: 'Failure', message, reason: 'TooManyRequests', code },
      responseObject: {
        kind: 'Status',
        message,
        details: { causes: [{ reason: 'DisruptionBudget', message: cause }] },
        code,
      },
    }),
  });
}

/** Two refusals of one pod over twenty minutes, and its eviction. */
export const refusedThenEvicted = [
  eviction('2026-03-01T08:00:00.000000Z', 'web-1', 429),
  eviction('2026-03-01T08:20:00.500000Z', 'web-1', 429),
  eviction('2026-03-01T08:21:00.000000Z', 'web-1'),
];
