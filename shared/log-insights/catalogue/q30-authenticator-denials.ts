import { defineQuery } from '../query.ts';

export const q30 = defineQuery({
  id: 'Q30',
  name: 'authenticator-denials',
  title: 'IAM principals that were not let in',
  answers: 'Which principals the authenticator turned away, how often and why.',
  streams: ['authenticator'],
  parameters: [],
  template: String.raw`
filter @logStream like /^authenticator/
| filter @message like /access denied|level=(warning|error)/
| parse @message /arn="?(?<arn>[^"\s]+)/
| stats count(*) as n, latest(@timestamp) as last, latest(@message) as sample by arn
| sort n desc
| limit 100000
`,
  reading:
    'A principal that is "not mapped" has neither an access entry nor a row in aws-auth; the role of a group of nodes among them is why its instances do not join. Rows without a principal are troubles of the authenticator itself.',
  mergeable: true,
  aggregates: { n: 'sum', last: 'last', sample: 'last' },
});
