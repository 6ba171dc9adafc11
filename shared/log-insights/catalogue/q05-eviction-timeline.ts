import { namespace, pod, user } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';

export const q05 = defineQuery({
  id: 'Q05',
  name: 'eviction-timeline',
  title: 'Timeline of evictions',
  answers: 'Who asked for which eviction, when, and what the API server answered.',
  streams: ['audit'],
  parameters: [namespace, pod, user],
  template: String.raw`
fields @timestamp, objectRef.namespace as ns, objectRef.name as pod, user.username as who, userAgent as ua, responseStatus.code as code, responseStatus.message as msg, responseObject.details.causes.0.message as cause
| filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter objectRef.resource = "pods" and objectRef.subresource = "eviction" and verb = "create"
| filter objectRef.namespace = "{{namespace}}"
| filter objectRef.name = "{{pod}}"
| filter user.username = "{{user}}"
| sort @timestamp asc
| limit 100000
`,
  reading:
    'Oldest first, whichever version of the eviction API was used. 201: evicted. 404: there was no such pod any more. 409: the pod was another one by then. 429: refused by the disruption budget that `cause` names, or, without a cause, throttled. 500: several budgets select the pod.',
  mergeable: true,
});
