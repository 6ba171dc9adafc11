import { defineQuery } from '../query.ts';
import { joined } from '../row-values.ts';

export const q31 = defineQuery({
  id: 'Q31',
  name: 'sts-endpoints',
  title: 'STS endpoints that tokens are made for',
  answers: 'Which principals still sign their tokens for the global endpoint of STS.',
  streams: ['authenticator'],
  parameters: [],
  template: String.raw`
filter @logStream like /^authenticator/
| parse @message /stsendpoint="?(?<endpoint>[^"\s]+)/
| filter ispresent(endpoint)
| parse @message /arn="?(?<arn>[^"\s]+)/
| stats count(*) as n, latest(@timestamp) as last by endpoint, arn
| sort n desc
| limit 100000
`,
  reading:
    'The global endpoint, sts.amazonaws.com, stands in one region, and a cluster elsewhere depends on it for these principals. Set AWS_STS_REGIONAL_ENDPOINTS=regional, or bring their SDK up to date.',
  severity: {
    when: 'low: tokens are made for the global endpoint',
    of: ({ endpoint }) => (endpoint === 'sts.amazonaws.com' ? 'low' : undefined),
  },
  finding: {
    resource: (row) => joined(row, ' ', 'arn') || 'principals',
    matter: (row) => joined(row, ' ', 'endpoint'),
    seen: 'last',
  },
  mergeable: true,
  aggregates: { n: 'sum', last: 'last' },
});
