import { namespace, user } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';
import { joined } from '../row-values.ts';

export const q28 = defineQuery({
  id: 'Q28',
  name: 'destructive-deletes',
  title: 'Deletions that take more with them',
  answers: 'Who deleted namespaces, volumes, claims, custom resource definitions, StatefulSets and the like.',
  streams: ['audit'],
  parameters: [namespace, user],
  template: String.raw`
fields @timestamp, objectRef.resource as res, objectRef.namespace as ns, objectRef.name as name, verb, user.username as who, user.extra.canonicalArn.0 as arn, userAgent as ua, responseStatus.code as code
| filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete" and verb in ["delete", "deletecollection"] and responseStatus.code < 300
| filter objectRef.resource in ["namespaces", "persistentvolumeclaims", "persistentvolumes", "customresourcedefinitions", "volumesnapshots", "storageclasses", "statefulsets", "priorityclasses"]
| filter user.username not like /^system:serviceaccount:kube-system:(generic-garbage-collector|namespace-controller|persistent-volume-binder|pvc-protection-controller|pv-protection-controller|statefulset-controller)/
| filter objectRef.namespace = "{{namespace}}"
| filter user.username = "{{user}}"
| sort @timestamp desc
| limit 100000
`,
  reading:
    'Newest first. A `deletecollection` has no name: it took everything of its kind in the namespace. The controllers that only follow such a deletion are left out.',
  severity: {
    when: 'high: a namespace, a volume or a kind of resource was deleted; medium: anything else that it finds',
    of: ({ res = '' }) =>
      /^(?:namespaces|persistentvolumeclaims|persistentvolumes|customresourcedefinitions)$/.test(res)
        ? 'high'
        : 'medium',
  },
  finding: {
    resource: (row) => joined(row, '/', 'res', 'ns', 'name'),
    matter: (row) => `${joined(row, ' ', 'verb')} by ${joined(row, ' ', 'who', 'arn')}`,
    seen: '@timestamp',
  },
  mergeable: true,
});
