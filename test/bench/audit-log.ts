/** The `index`-th event of a log that resembles one of a busy cluster: sizes, spread of verbs and users, few evictions. */
export function auditLine(index: number): string {
  const at = new Date(Date.UTC(2026, 0, 1) + index * 17).toISOString().replace('Z', '123Z');
  const isEviction = index % 400 === 0;
  const code = isEviction ? (index % 800 === 0 ? 429 : 201) : index % 97 === 0 ? 404 : index % 5 === 0 ? 201 : 200;
  const resource = isEviction ? 'pods' : ['pods', 'leases', 'nodes', 'endpointslices', 'configmaps'][index % 5];
  const verb = isEviction ? 'create' : ['get', 'update', 'list', 'patch', 'watch'][(index * 7) % 5];
  const name = `web-${(index % 3000).toString(36)}-${(index * 31).toString(36)}`;
  const labels = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`app.example.com/label-${n}`, `value-${n}`]));
  return JSON.stringify({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'RequestResponse',
    auditID: `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
    stage: 'ResponseComplete',
    requestURI: `/api/v1/namespaces/shop/${resource}/${name}${isEviction ? '/eviction' : '?timeout=10s'}`,
    verb,
    user: {
      username: `system:serviceaccount:team-${index % 40}:worker`,
      uid: '00000000-0000-4000-8000-000000000001',
      groups: ['system:serviceaccounts', `system:serviceaccounts:team-${index % 40}`, 'system:authenticated'],
      extra: { 'authentication.kubernetes.io/credential-id': ['JTI=00000000-0000-4000-8000-000000000002'] },
    },
    sourceIPs: [`10.0.${index % 200}.7`],
    userAgent: `worker/v1.36.${index % 9} (linux/amd64) kubernetes/abcdef0`,
    objectRef: {
      resource,
      namespace: 'shop',
      name,
      apiVersion: 'v1',
      ...(isEviction && { subresource: 'eviction', apiGroup: 'policy' }),
    },
    responseStatus: { metadata: {}, code, ...(code === 429 && { status: 'Failure', message: 'Cannot evict pod' }) },
    responseObject: {
      kind: 'Pod',
      apiVersion: 'v1',
      metadata: { name, namespace: 'shop', resourceVersion: String(index), labels },
      ...(code === 429 && {
        details: {
          causes: [
            { message: `The disruption budget pdb-${index % 20} needs 2 healthy pods and has ${index % 3} currently` },
          ],
        },
      }),
      status: { phase: 'Running', podIP: `10.1.${index % 200}.9`, conditions: [{ type: 'Ready', status: 'True' }] },
    },
    requestReceivedTimestamp: at.replace('123Z', '001Z'),
    stageTimestamp: at,
    annotations: {
      'authorization.k8s.io/decision': 'allow',
      'authorization.k8s.io/reason': 'RBAC: allowed by RoleBinding "worker/shop"',
      ...(index % 50 === 0 && { 'apiserver.latency.k8s.io/total': `${500 + (index % 400)}.${index % 10}ms` }),
    },
  });
}

const batch = 200;

/** As a file would give them. */
export function* auditLines(count: number): Generator<Buffer> {
  for (let from = 0; from < count; from += batch) {
    const lines = Array.from({ length: Math.min(batch, count - from) }, (_, at) => `${auditLine(from + at)}\n`);
    yield Buffer.from(lines.join(''));
  }
}
