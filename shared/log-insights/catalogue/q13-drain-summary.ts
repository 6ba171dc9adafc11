import { defineQuery } from '../query.ts';

export const q13 = defineQuery({
  id: 'Q13',
  name: 'drain-summary',
  title: 'Drains by those who manage nodes, summed up',
  answers: 'How many calls on how many nodes and pods each manager of nodes made, and how they were answered.',
  streams: ['audit'],
  parameters: [],
  template: String.raw`
fields user.username as who, objectRef.resource as resource, coalesce(objectRef.subresource, "-") as sub, objectRef.name as name, responseStatus.code as code
| filter @logStream like /^kube-apiserver-audit/
| filter stage = "ResponseComplete"
| filter user.username = "eks:node-manager" or userAgent like /vpcLambda/ or user.username like /eks-auto-mode-compute|AWSServiceRoleForAmazonEKS/ or user.username like /^system:serviceaccount:[^:]+:karpenter$/ or userAgent like /^eks-node-lifecycle/
| filter verb not in ["get", "list", "watch"]
| filter objectRef.resource in ["nodes", "pods"]
| stats count(*) as calls, count_distinct(name) as objects by who, resource, sub, verb, code
| sort calls desc
| limit 100000
`,
  reading:
    'The same requests as in `node-managers`. Many more `calls` than `objects` with code 429: evictions that were refused again and again. Pods of the same name in two namespaces count as one object.',
  mergeable: false,
});
