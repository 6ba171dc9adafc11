import { namespace, user } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';

export const q12 = defineQuery({
  id: 'Q12',
  name: 'deleted-without-eviction',
  title: 'Pods deleted past their disruption budgets',
  answers: 'Who deleted pods outright, where an eviction would have asked their budgets.',
  streams: ['audit'],
  parameters: [namespace, user],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter objectRef.resource = "pods" and verb in ["delete", "deletecollection"] and coalesce(objectRef.subresource, "-") = "-" and responseStatus.code < 300
| filter user.username not like /^system:(node:|serviceaccount:kube-system:(replicaset|daemon-set|job|statefulset|deployment|namespace|generic-garbage|pod-garbage|ttl)[a-z-]*)/
| filter objectRef.namespace = "{{namespace}}"
| filter user.username = "{{user}}"
| stats count(*) as n by user.username as who, userAgent as ua, objectRef.namespace as ns
| sort n desc
| limit 100000
`,
  reading:
    'The controllers that delete pods as their work are left out. What remains are people, `kubectl drain --disable-eviction`, operators, taint eviction, and a drain past its force moment.',
  mergeable: true,
  aggregates: { n: 'sum' },
});
