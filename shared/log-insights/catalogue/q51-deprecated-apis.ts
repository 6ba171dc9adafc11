import { defineQuery } from '../query.ts';
import { joined } from '../row-values.ts';

export const q51 = defineQuery({
  id: 'Q51',
  name: 'deprecated-apis',
  title: 'Deprecated APIs in use',
  answers: 'Who still uses an API version that a later release of Kubernetes leaves out.',
  streams: ['audit'],
  parameters: [],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete" and @message like /"k8s\.io\/deprecated":"true"/
| parse @message /"k8s\.io\/removed-release":"(?<removed>[^"]+)"/
| stats count(*) as n, latest(@timestamp) as last by objectRef.apiGroup as g, objectRef.apiVersion as v, objectRef.resource as res, removed, userAgent as ua, user.username as who
| sort removed asc, n desc
| limit 100000
`,
  reading:
    '`removed` is the release without it: whoever is in a row breaks with the upgrade to that release. Sorted as text, 1.9 comes after 1.32.',
  severity: {
    when: 'medium: the release that leaves it out is known; low: it is not',
    of: ({ removed }) => (removed ? 'medium' : 'low'),
  },
  finding: {
    resource: (row) => joined(row, '/', 'g', 'v', 'res'),
    matter: (row) => `${row.removed ? `gone in ${row.removed}, ` : ''}used by ${joined(row, ' ', 'who')}`,
    seen: 'last',
  },
  mergeable: true,
  aggregates: { n: 'sum', last: 'last' },
});
