import { node, user } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';

export const q10 = defineQuery({
  id: 'Q10',
  name: 'taints',
  title: 'Taints set and removed',
  answers: 'Who changed the taints of which node, and to what.',
  streams: ['audit'],
  parameters: [node, user],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter objectRef.resource = "nodes" and verb in ["patch", "update"] and coalesce(objectRef.subresource, "-") = "-"
| filter @message like /"requestObject":(\{.*"taints":|\[.*"path":"\/spec\/taints).*"responseObject":/
| filter objectRef.name = "{{node}}"
| filter user.username = "{{user}}"
| parse @message /"requestObject":(?:\{.*?"taints":|\[.*?"path":"\/spec\/taints","value":)(?<taints>null|\[[^\]]*\])/
| fields @timestamp, objectRef.name as node, taints, user.username as who, userAgent as ua, responseStatus.code as code
| sort @timestamp asc
| limit 100000
`,
  reading:
    'Oldest first. `taints` is the whole list that the request leaves the node with; null or an empty list: none. `not-ready` and `unreachable` come from `system:serviceaccount:kube-system:node-controller`, which names the resource version it changes. A client that writes the whole object repeats the taints it found.',
  mergeable: true,
});
