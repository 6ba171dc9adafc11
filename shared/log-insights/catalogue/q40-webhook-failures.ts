import { defineQuery } from '../query.ts';
import { joined } from '../row-values.ts';

export const q40 = defineQuery({
  id: 'Q40',
  name: 'webhook-failures',
  title: 'Webhooks that the API server could not call',
  answers: 'Which admission webhooks fail, why, and whether requests went on without them.',
  streams: ['apiserver'],
  parameters: [],
  template: String.raw`
fields @timestamp, @message
| filter @logStream like /^kube-apiserver-/
| filter @logStream not like /^kube-apiserver-audit/
| filter @message like /ailed calling webhook, failing (open|closed)/
| parse @message /failed calling webhook \\?"(?<webhook>[^"\\]+)/
| parse @message /failing (?<mode>open|closed)/
| parse @message /(?<cause>context deadline exceeded|connection refused|no endpoints available|x509: [^"\\]+|no route to host|i\/o timeout|the server could not find the requested resource|EOF)/
| fields coalesce(mode, "-") as m, coalesce(cause, "other") as c
| stats count(*) as n, min(@timestamp) as first, max(@timestamp) as last by webhook, m, c
| sort n desc
| limit 100000
`,
  reading:
    '`open`: requests went through unchecked. `closed`: they were refused, evictions among them. "context deadline exceeded" from every node at once is often a security group between the control plane and the nodes.',
  severity: {
    when: 'high: it fails closed; medium: it fails open, or the line does not say',
    of: ({ m }) => (m === 'closed' ? 'high' : 'medium'),
  },
  finding: {
    resource: (row) => `webhooks/${joined(row, '/', 'webhook')}`,
    // The text of an x509 error has the instant in it.
    matter: (row) => joined(row, ' ', 'm', 'c').replace(/x509:.*/s, 'x509'),
    seen: 'last',
  },
  mergeable: true,
  aggregates: { n: 'sum', first: 'min', last: 'max' },
});
