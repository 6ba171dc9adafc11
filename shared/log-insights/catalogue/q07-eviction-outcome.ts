import { namespace, pod, user } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';

export const q07 = defineQuery({
  id: 'Q07',
  name: 'eviction-outcome',
  title: 'How the evictions of each pod ended',
  answers: 'How often each pod was tried, from when to when, and whether it went in the end.',
  streams: ['audit'],
  parameters: [namespace, pod, user],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter objectRef.resource = "pods" and objectRef.subresource = "eviction" and verb = "create"
| filter objectRef.namespace = "{{namespace}}"
| filter objectRef.name = "{{pod}}"
| filter user.username = "{{user}}"
| stats count(*) as tries, max(responseStatus.code) as worst, latest(responseStatus.code) as final, min(@timestamp) as firstTry, max(@timestamp) as lastTry by objectRef.namespace as ns, objectRef.name as pod, user.username as who
| sort tries desc
| limit 100000
`,
  reading:
    '`final` is the last answer: 201 evicted, 404 already gone, 429 given up. From `firstTry` to `lastTry` is how long it took. A pod of a StatefulSet comes back under its name: over a long range its row is of several pods.',
  mergeable: true,
  aggregates: { tries: 'sum', worst: 'max', final: 'last', firstTry: 'min', lastTry: 'max' },
});
