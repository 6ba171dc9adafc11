import { namespace, user } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';

export const q27 = defineQuery({
  id: 'Q27',
  name: 'denied',
  title: 'Requests that were denied',
  answers: 'Who was not allowed to do what, and why.',
  streams: ['audit'],
  parameters: [namespace, user],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete" and responseStatus.code = 403
| filter objectRef.namespace = "{{namespace}}"
| filter user.username = "{{user}}"
| stats count(*) as n by user.username as who, impersonatedUser.username as asUser, verb, objectRef.apiGroup as g, objectRef.resource as res, objectRef.namespace as ns, ${'`'}annotations.authorization.k8s.io/decision${'`'} as decision, ${'`'}annotations.authorization.k8s.io/reason${'`'} as reason
| sort n desc
| limit 100000
`,
  reading:
    'With `asUser` it is that user who was not allowed, and `who` acted for them. A `decision` of forbid: no role allows it. allow: roles do, and admission refused it: a webhook, a quota, pod security. The other answers to "unauthorized" are 401, in `anonymous`.',
  mergeable: true,
  aggregates: { n: 'sum' },
});
