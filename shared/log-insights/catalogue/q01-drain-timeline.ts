import { defineQuery } from '../query.ts';

export const q01 = defineQuery({
  id: 'Q01',
  name: 'drain-timeline',
  title: 'Timeline of a node',
  answers:
    'Who did what to the Node object, and when: created, cordoned, tainted, taken out of load balancers, deleted.',
  streams: ['audit'],
  parameters: [{ name: 'node', kind: 'node', description: 'The name of the Node object.', required: true }],
  template: String.raw`
fields @timestamp, verb, coalesce(objectRef.subresource, "-") as sub, user.username as who, userAgent as ua, responseStatus.code as code
| filter @logStream like /^kube-apiserver-audit/
| filter stage = "ResponseComplete" and objectRef.resource = "nodes" and objectRef.name = "{{node}}"
| filter verb in ["create", "update", "patch", "delete"]
| filter not (user.username like /^system:node:/ and verb = "patch" and coalesce(objectRef.subresource, "-") = "status")
| fields coalesce(requestObject.spec.unschedulable, "-") as unsched
| parse @message /"node\.kubernetes\.io\/exclude-from-external-load-balancers":"?(?<excludeLB>true|false|null)/
| display @timestamp, verb, sub, who, ua, code, unsched, excludeLB
| sort @timestamp asc
| limit 100000
`,
  reading:
    'Oldest first. The status updates of the kubelet are left out. `unsched` is what the request set: `1` or `true` a cordon, `-` nothing (an uncordon by kubectl sends null; the query `cordon` tells). `excludeLB` is the label as the request set it or the answer showed it. Evictions carry no node: `pods-bound-to-node` says which pods to look for in `eviction-timeline`.',
  mergeable: true,
});
