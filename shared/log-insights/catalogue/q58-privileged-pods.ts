import { namespace } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';

export const q58 = defineQuery({
  id: 'Q58',
  name: 'privileged-pods',
  title: 'Pods with the power of their node',
  answers: 'Who created pods that are privileged or mount paths of their node.',
  streams: ['audit'],
  parameters: [namespace],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter objectRef.resource = "pods" and coalesce(objectRef.subresource, "-") = "-" and verb = "create" and responseStatus.code < 300
| filter @message like /"privileged":true|"hostPath":/
| filter objectRef.namespace = "{{namespace}}"
| parse @message /"privileged":(?<privileged>true)/
| parse @message /"hostPath":\{"path":"(?<hostPath>[^"]+)"/
| fields coalesce(objectRef.name, responseObject.metadata.name, "-") as pod
| stats count(*) as n, latest(@timestamp) as last, latest(pod) as sample by objectRef.namespace as ns, user.username as who, privileged, hostPath
| sort n desc
| limit 100000
`,
  reading:
    'Network and storage plugins, agents for logs and metrics are so by nature. `who` is most often the controller of the workload. `hostPath` is the first of the paths. A name elsewhere than in kube-system that you do not know is worth a look.',
  mergeable: true,
  aggregates: { n: 'sum', last: 'last', sample: 'last' },
});
