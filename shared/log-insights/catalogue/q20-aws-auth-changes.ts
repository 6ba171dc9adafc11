import { defineQuery } from '../query.ts';
import { joined, succeeded } from '../row-values.ts';

export const q20 = defineQuery({
  id: 'Q20',
  name: 'aws-auth-changes',
  title: 'Changes of aws-auth',
  answers: 'Who changed, or tried to change, which IAM principals may enter the cluster as whom.',
  streams: ['audit'],
  parameters: [],
  template: String.raw`
fields @timestamp, verb, responseStatus.code as code, user.username as who, user.extra.canonicalArn.0 as arn, user.extra.sessionName.0 as session, sourceIPs.0 as ip, userAgent as ua, requestObject.data.mapRoles as mapRoles, requestObject.data.mapUsers as mapUsers
| filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter objectRef.resource = "configmaps" and objectRef.namespace = "kube-system" and objectRef.name = "aws-auth"
| filter verb in ["create", "update", "patch", "delete", "deletecollection"]
| sort @timestamp desc
| limit 100000
`,
  reading:
    'Newest first. `mapRoles` and `mapUsers` are what the request carried: the whole map for an update, what changes for a patch, nothing for a create (its body is not logged) or a delete. A deletion locks out every node and person that has no access entry.',
  severity: {
    when: 'critical: it was deleted, or `system:masters` is in what was written; high: any other change that went through, medium by EKS itself; low: one that was refused',
    of: (row) => {
      if (!succeeded(row)) return 'low';
      const written = `${row.mapRoles ?? ''} ${row.mapUsers ?? ''}`;
      if (row.verb?.startsWith('delete') || written.includes('system:masters')) return 'critical';
      return row.who?.startsWith('eks:') ? 'medium' : 'high';
    },
  },
  finding: {
    resource: () => 'configmaps/kube-system/aws-auth',
    matter: (row) => `${joined(row, ' ', 'verb')} by ${joined(row, ' ', 'who', 'arn')}`,
    seen: '@timestamp',
  },
  mergeable: true,
});
