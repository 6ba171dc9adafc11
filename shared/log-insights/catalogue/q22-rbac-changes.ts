import { user } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';
import { joined, succeeded } from '../row-values.ts';

export const q22 = defineQuery({
  id: 'Q22',
  name: 'rbac-changes',
  title: 'Changes of roles and bindings',
  answers: 'Who gave, took or changed permissions, and whether somebody was made cluster-admin.',
  streams: ['audit'],
  parameters: [
    user,
    { name: 'role', kind: 'role', description: 'Only this role and its bindings, for example cluster-admin.' },
  ],
  template: String.raw`
fields @timestamp, verb, objectRef.resource as res, objectRef.namespace as ns, objectRef.name as name, user.username as who, user.extra.canonicalArn.0 as arn, responseStatus.code as code, coalesce(requestObject.roleRef.name, responseObject.roleRef.name) as role, coalesce(requestObject.subjects.0.kind, responseObject.subjects.0.kind) as sk, coalesce(requestObject.subjects.0.name, responseObject.subjects.0.name) as sn
| filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter objectRef.apiGroup = "rbac.authorization.k8s.io" and verb in ["create", "update", "patch", "delete", "deletecollection"]
| filter user.username not in ["system:apiserver", "system:kube-controller-manager", "system:serviceaccount:kube-system:clusterrole-aggregation-controller", "system:serviceaccount:kube-system:namespace-controller", "eks:addon-manager", "eks:cluster-bootstrap"]
| filter user.username = "{{user}}"
| filter coalesce(role, "-") = "{{role}}" or coalesce(name, "-") = "{{role}}"
| sort @timestamp desc
| limit 100000
`,
  reading:
    'Newest first. `role` is what a binding binds, from the request or, for a patch, from the answer; `sk` and `sn` are the first of its subjects, and there may be more. The answer to a deletion does not say what was bound.',
  severity: {
    when: 'critical: a binding of cluster-admin was written; high: the role cluster-admin or system:masters itself was; medium: any other change that went through; low: one that was refused',
    of: (row) => {
      if (!succeeded(row)) return 'low';
      if (row.role === 'cluster-admin' && !row.verb?.startsWith('delete')) return 'critical';
      return row.name === 'cluster-admin' || row.sn === 'system:masters' ? 'high' : 'medium';
    },
  },
  finding: {
    resource: (row) => joined(row, '/', 'res', 'ns', 'name'),
    matter: (row) => `${joined(row, ' of ', 'verb', 'role')} by ${joined(row, ' ', 'who', 'arn')}`,
    seen: '@timestamp',
  },
  mergeable: true,
});
