import { namespace, user } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';

export const q25 = defineQuery({
  id: 'Q25',
  name: 'secret-reads',
  title: 'Secrets read by others than the system',
  answers: 'Who read or tried to read secrets, where and how many.',
  streams: ['audit'],
  parameters: [namespace, user],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter objectRef.resource = "secrets" and verb in ["get", "list", "watch"]
| filter user.username not like /^(system:node:|system:apiserver|system:kube-|system:serviceaccount:kube-system:|eks:)/
| filter objectRef.namespace = "{{namespace}}"
| filter user.username = "{{user}}"
| stats count(*) as n, count_distinct(objectRef.name) as names, latest(@timestamp) as last by user.username as who, user.extra.canonicalArn.0 as arn, verb, objectRef.namespace as ns, responseStatus.code as code
| sort n desc
| limit 100000
`,
  reading:
    'A list or watch without a namespace read those of the whole cluster. `names` counts the secrets that were asked for by name. The log never has their values.',
  mergeable: false,
});
