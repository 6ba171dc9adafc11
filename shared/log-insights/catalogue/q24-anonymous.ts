import { defineQuery } from '../query.ts';
import { joined, succeeded } from '../row-values.ts';

export const q24 = defineQuery({
  id: 'Q24',
  name: 'anonymous',
  title: 'Requests by nobody',
  answers: 'What was asked for without or with wrong credentials, from where, and what was given.',
  streams: ['audit'],
  parameters: [],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/
| filter stage = "ResponseComplete" or (stage = "ResponseStarted" and responseStatus.code = 401)
| filter coalesce(user.username, "-") = "system:anonymous" or coalesce(user.groups.0, "-") = "system:unauthenticated" or responseStatus.code = 401
| filter requestURI not like /^\/(livez|readyz|healthz|version)/
| stats count(*) as n, latest(@timestamp) as last by sourceIPs.0 as ip, verb, requestURI, responseStatus.code as code, userAgent as ua
| sort n desc
| limit 100000
`,
  reading:
    'A `code` under 400 is an answer that anybody can have: look for a binding of `system:anonymous` or `system:unauthenticated`. 403: the credentials were missing, 401: they were wrong or had expired, and both are what scanners of a public endpoint leave.',
  severity: {
    when: 'critical: it went through',
    of: (row) => (succeeded(row) ? 'critical' : undefined),
  },
  finding: {
    resource: ({ requestURI = '' }) => requestURI.replace(/\?.*/s, ''),
    matter: (row) => joined(row, ' ', 'verb'),
    seen: 'last',
  },
  mergeable: true,
  aggregates: { n: 'sum', last: 'last' },
});
