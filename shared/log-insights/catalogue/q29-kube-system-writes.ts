import { user } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';

export const q29 = defineQuery({
  id: 'Q29',
  name: 'kube-system-writes',
  title: 'Changes in kube-system by people',
  answers: 'Who, not being of the system, changed what in kube-system.',
  streams: ['audit'],
  parameters: [user],
  template: String.raw`
fields @timestamp, verb, objectRef.resource as res, coalesce(objectRef.subresource, "-") as sub, objectRef.name as name, user.username as who, user.extra.canonicalArn.0 as arn, sourceIPs.0 as ip, userAgent as ua, responseStatus.code as code
| filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter objectRef.namespace = "kube-system" and verb in ["create", "update", "patch", "delete", "deletecollection"]
| filter user.username not like /^(system:|eks:)/
| filter user.username = "{{user}}"
| sort @timestamp desc
| limit 100000
`,
  reading:
    'Newest first. Pipelines with an IAM role of their own are people here. What should come from an add-on or a pipeline and comes from a person is worth a question.',
  mergeable: true,
});
