import { defineQuery } from '../query.ts';

export const q03 = defineQuery({
  id: 'Q03',
  name: 'vpc-lambda-pods',
  title: 'Managed node groups, the classic query: pods',
  answers: 'What requests with vpcLambda in their user agent changed in pods: evictions above all.',
  streams: ['audit'],
  parameters: [],
  template: String.raw`
fields @timestamp, @message
| filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter userAgent like "vpcLambda"
| filter verb != "get" and verb != "list"
| filter objectRef.resource = "pods"
| sort @timestamp asc
| limit 100000
`,
  reading: 'As `vpc-lambda-nodes`: kept to compare with `node-managers`.',
  mergeable: true,
});
