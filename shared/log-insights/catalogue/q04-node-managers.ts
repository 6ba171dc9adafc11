import { namespace } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';

export const q04 = defineQuery({
  id: 'Q04',
  name: 'node-managers',
  title: 'What those who manage nodes did',
  answers:
    'Each change to a node or pod by EKS for managed node groups, by EKS Auto Mode, by Karpenter and by eks-node-lifecycle, side by side.',
  streams: ['audit'],
  parameters: [namespace],
  template: String.raw`
fields @timestamp, user.username as who, userAgent as ua, verb, objectRef.resource as resource, coalesce(objectRef.subresource, "-") as sub, objectRef.namespace as ns, objectRef.name as name, responseStatus.code as code, responseObject.details.causes.0.message as pdb, auditID
| filter @logStream like /^kube-apiserver-audit/
| filter stage = "ResponseComplete"
| filter user.username = "eks:node-manager" or userAgent like /vpcLambda/ or user.username like /eks-auto-mode-compute|AWSServiceRoleForAmazonEKS/ or user.username like /^system:serviceaccount:[^:]+:karpenter$/ or userAgent like /^eks-node-lifecycle/
| filter verb not in ["get", "list", "watch"]
| filter objectRef.resource in ["nodes", "pods"]
| filter objectRef.namespace = "{{namespace}}"
| sort @timestamp asc
| limit 100000
`,
  reading:
    'Oldest first. `who` tells the managers apart: `eks:node-manager` is a managed node group. For an eviction `code` is the answer: 201 evicted, 404 already gone, 429 refused, and `pdb` says by which disruption budget. With a namespace only the pods of it are shown, and no nodes.',
  mergeable: true,
});
