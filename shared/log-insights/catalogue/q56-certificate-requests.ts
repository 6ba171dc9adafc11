import { user } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';

export const q56 = defineQuery({
  id: 'Q56',
  name: 'certificate-requests',
  title: 'Certificate requests and approvals',
  answers: 'Who asked for a certificate, as whom, and who approved it.',
  streams: ['audit'],
  parameters: [user],
  template: String.raw`
fields @timestamp, verb, coalesce(objectRef.subresource, "-") as sub, coalesce(objectRef.name, responseObject.metadata.name) as name, user.username as who, user.extra.canonicalArn.0 as arn, coalesce(requestObject.spec.signerName, responseObject.spec.signerName) as signer, responseObject.spec.username as requester, requestObject.status.conditions.0.type as condition, responseStatus.code as code
| filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter objectRef.resource = "certificatesigningrequests" and verb in ["create", "update", "patch", "delete", "deletecollection"]
| filter user.username = "{{user}}"
| sort @timestamp desc
| limit 100000
`,
  reading:
    'Newest first. Kubelets ask for `kubernetes.io/kubelet-serving`, and EKS approves. A request for `kubernetes.io/kube-apiserver-client` is for credentials that no IAM policy can take back; EKS does not sign it, and who approved one is worth a question.',
  mergeable: true,
});
