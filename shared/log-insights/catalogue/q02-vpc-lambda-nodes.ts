import { defineQuery } from '../query.ts';

export const q02 = defineQuery({
  id: 'Q02',
  name: 'vpc-lambda-nodes',
  title: 'Managed node groups, the classic query: nodes',
  answers: 'What requests with vpcLambda in their user agent changed in nodes.',
  streams: ['audit'],
  parameters: [],
  template: String.raw`
fields @timestamp, @message
| filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter userAgent like "vpcLambda"
| filter verb != "get" and verb != "list"
| filter objectRef.resource = "nodes"
| sort @timestamp asc
| limit 100000
`,
  reading:
    'The query that is usually passed around, kept to compare its result with that of `node-managers`: it goes by the user agent alone, which any client can claim and which EKS does not promise. What it misses and `node-managers` finds was sent with another user agent.',
  mergeable: true,
});
