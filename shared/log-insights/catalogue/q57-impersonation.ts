import { user } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';

export const q57 = defineQuery({
  id: 'Q57',
  name: 'impersonation',
  title: 'Requests made as somebody else',
  answers: 'Who acted as whom, and what for.',
  streams: ['audit'],
  parameters: [user],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete" and ispresent(impersonatedUser.username)
| filter user.username = "{{user}}"
| stats count(*) as n, min(@timestamp) as first, max(@timestamp) as last by user.username as who, user.extra.canonicalArn.0 as arn, impersonatedUser.username as asUser, impersonatedUser.groups.0 as asGroup, verb, objectRef.resource as res, objectRef.namespace as ns, responseStatus.code as code
| sort n desc
| limit 100000
`,
  reading:
    '`who` is who really asked, `asUser` and `asGroup` are whom they were for the request; there may be more groups. The consoles of cluster managers work like this. `system:masters` among the groups passes by every rule.',
  mergeable: true,
  aggregates: { n: 'sum', first: 'min', last: 'max' },
});
