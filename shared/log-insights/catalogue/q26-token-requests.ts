import { namespace, user } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';

export const q26 = defineQuery({
  id: 'Q26',
  name: 'token-requests',
  title: 'Tokens of service accounts asked for by others than the system',
  answers: 'Who had a token made for which service account, and can act as it.',
  streams: ['audit'],
  parameters: [namespace, user],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter objectRef.resource = "serviceaccounts" and objectRef.subresource = "token" and verb = "create"
| filter user.username not like /^system:(node:|serviceaccount:kube-system:|kube-controller)/
| filter objectRef.namespace = "{{namespace}}"
| filter user.username = "{{user}}"
| stats count(*) as n, latest(@timestamp) as last by user.username as who, user.extra.canonicalArn.0 as arn, objectRef.namespace as ns, objectRef.name as account, responseStatus.code as code
| sort n desc
| limit 100000
`,
  reading:
    'Kubelets ask for the tokens of their pods and are left out. `kubectl create token` by a person shows up here, as do operators that hand tokens out.',
  mergeable: true,
  aggregates: { n: 'sum', last: 'last' },
});
