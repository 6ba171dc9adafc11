import { defineQuery } from '../query.ts';

export const q50 = defineQuery({
  id: 'Q50',
  name: 'etcd-writers',
  title: 'Who writes most to etcd',
  answers: 'Which clients write which objects, and fill the database with their revisions.',
  streams: ['audit'],
  parameters: [],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete" and verb in ["create", "update", "patch", "delete", "deletecollection"] and responseStatus.code < 300
| fields coalesce(objectRef.apiGroup, "core") as g, coalesce(objectRef.subresource, "-") as sub
| stats count(*) as n by g, objectRef.resource as res, sub, userAgent as ua
| sort n desc
| limit 50
`,
  reading:
    'The first 50. Leases are many and small. Status updates of custom resources by their own operator, many a second, are the usual loop. Events are not in the audit log and are often the most.',
  mergeable: false,
});
