import { defineQuery } from '../query.ts';
import { joined, numberIn } from '../row-values.ts';

export const q45 = defineQuery({
  id: 'Q45',
  name: 'server-errors',
  title: 'Errors of the API server (5xx)',
  answers: 'Which requests failed for a reason of the server, in steps of five minutes.',
  streams: ['audit'],
  parameters: [],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete" and responseStatus.code >= 500
| fields coalesce(objectRef.subresource, "-") as sub
| stats count(*) as n, latest(responseStatus.message) as sample by responseStatus.code as code, verb, objectRef.resource as res, sub, user.username as who, bin(5m)
| sort n desc
| limit 100000
`,
  reading:
    '500: a webhook that fails closed (`webhook-denials`), or, for an eviction, several budgets on one pod. 503: an aggregated API, such as that of the metrics server, has no healthy pod. 504: the request took too long; with many verbs at once look at `etcd-health`.',
  severity: {
    when: 'high: 50 or more of a kind within five minutes; medium: 5 or more; evictions are for `eviction-refused`',
    of: (row) => {
      if (row.sub === 'eviction') return undefined;
      const n = numberIn(row, 'n');
      if (n >= 50) return 'high';
      return n >= 5 ? 'medium' : undefined;
    },
  },
  finding: {
    resource: (row) => joined(row, '/', 'res', 'sub') || 'requests',
    matter: (row) => `${joined(row, ' ', 'code', 'verb')} by ${joined(row, ' ', 'who')}`,
    seen: 'bin(5m)',
  },
  mergeable: true,
  aggregates: { n: 'sum', sample: 'last' },
});
