import { defineQuery } from '../query.ts';
import { joined } from '../row-values.ts';

export const q42 = defineQuery({
  id: 'Q42',
  name: 'fail-open',
  title: 'Requests admitted without their webhook',
  answers: 'Which webhooks could not be asked, and what was let through without them.',
  streams: ['audit'],
  parameters: [],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete" and @message like /"failed-open\./
| parse @message /"failed-open\.(?<phase>validating|mutation)\.webhook\.admission\.k8s\.io\/round_\d+_index_\d+":"(?<webhook>[^"]+)"/
| stats count(*) as n, latest(@timestamp) as last by webhook, phase, objectRef.resource as res
| sort n desc
| limit 100000
`,
  reading:
    'Each of these requests went in unchecked or unchanged: a pod without its sidecar, an image that nobody verified. Where several webhooks failed for one request, the first is counted.',
  severity: { when: 'high: always', of: () => 'high' },
  finding: {
    resource: (row) => `webhooks/${joined(row, '/', 'webhook')}`,
    matter: (row) => joined(row, ' ', 'phase', 'res'),
    seen: 'last',
  },
  mergeable: true,
  aggregates: { n: 'sum', last: 'last' },
});
