import { defineQuery } from '../query.ts';
import { joined, numberIn } from '../row-values.ts';

export const q44 = defineQuery({
  id: 'Q44',
  name: 'throttled',
  title: 'Requests throttled by the API server',
  answers: 'Whose requests priority and fairness turned away.',
  streams: ['audit'],
  parameters: [],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete" and responseStatus.code = 429
| filter coalesce(objectRef.subresource, "-") != "eviction"
| stats count(*) as n, min(@timestamp) as first, max(@timestamp) as last by user.username as who, userAgent as ua, verb, objectRef.resource as res
| sort n desc
| limit 100000
`,
  reading:
    'Evictions are left out: their 429 is most often that of a disruption budget. Who is throttled is not always who asks too much: `top-talkers` and `list-storms` over the same range say who shares the priority level.',
  severity: {
    when: 'medium: 100 or more of a kind were refused; fewer are what a controller makes up for by itself',
    of: (row) => (numberIn(row, 'n') >= 100 ? 'medium' : undefined),
  },
  finding: {
    resource: (row) => joined(row, '/', 'res') || 'requests',
    matter: (row) => `${joined(row, ' ', 'verb')} by ${joined(row, ' ', 'who')}`,
    seen: 'last',
  },
  mergeable: true,
  aggregates: { n: 'sum', first: 'min', last: 'max' },
});
