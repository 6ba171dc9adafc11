import { node, user } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';

export const q09 = defineQuery({
  id: 'Q09',
  name: 'cordon',
  title: 'Cordons and uncordons',
  answers: 'Who made which node unschedulable or schedulable again.',
  streams: ['audit'],
  parameters: [node, user],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter objectRef.resource = "nodes" and verb in ["patch", "update"] and coalesce(objectRef.subresource, "-") = "-"
| filter ispresent(requestObject.spec.unschedulable) or @message like /"unschedulable":null|"path":"\/spec\/unschedulable"/
| filter objectRef.name = "{{node}}"
| filter user.username = "{{user}}"
| parse @message /"path":"\/spec\/unschedulable","value":(?<operation>true|false)/
| fields objectRef.name as node, coalesce(requestObject.spec.unschedulable, operation, "null") as unsched, user.username as who, userAgent as ua, responseStatus.code as code
| display @timestamp, node, unsched, who, ua, code
| sort @timestamp asc
| limit 100000
`,
  reading:
    'Oldest first. `1` or `true`: cordoned. `0`, `false` or `null`: uncordoned; `kubectl uncordon` sends null, since false is what the field is by default, and a JSON patch takes the field away. A client that writes the whole object says nothing when it uncordons, and anything it changes in a cordoned node looks like a cordon.',
  mergeable: true,
});
