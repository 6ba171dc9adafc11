import { defineQuery } from '../query.ts';
import { joined } from '../row-values.ts';

export const q53 = defineQuery({
  id: 'Q53',
  name: 'etcd-health',
  title: 'Troubles of etcd',
  answers: 'Whether etcd was full, slow or without a leader, as the API server saw it, in steps of five minutes.',
  streams: ['apiserver'],
  parameters: [],
  template: String.raw`
filter @logStream like /^kube-apiserver-/
| filter @logStream not like /^kube-apiserver-audit/
| filter @message like /mvcc: database space exceeded|etcdserver: (request timed out|leader changed|too many requests)|healthz check failed|apiserver was unable to write/
| parse @message /(?<what>database space exceeded|request timed out|leader changed|too many requests|healthz check failed|unable to write)/
| stats count(*) as n by what, bin(5m)
| sort n desc
| limit 100000
`,
  reading:
    '`n` counts lines: one failure may write several. "database space exceeded": nothing can be written any more; delete what fills it (`etcd-writers`) and ask AWS. A change of leader now and then is the control plane being scaled or patched; with "request timed out" over many steps it is a case for AWS support.',
  severity: {
    when: 'critical: the database is full; medium: it timed out or had too many requests',
    of: ({ what }) => {
      if (what === 'database space exceeded') return 'critical';
      return what === 'request timed out' || what === 'too many requests' ? 'medium' : undefined;
    },
  },
  finding: {
    resource: () => 'etcd',
    matter: (row) => joined(row, ' ', 'what'),
    seen: 'bin(5m)',
  },
  mergeable: true,
  aggregates: { n: 'sum' },
});
