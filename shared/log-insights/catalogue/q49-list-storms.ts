import { defineQuery } from '../query.ts';

export const q49 = defineQuery({
  id: 'Q49',
  name: 'list-storms',
  title: 'Lists that read everything',
  answers: 'Who lists whole collections from etcd, without pages and without the cache.',
  streams: ['audit'],
  parameters: [],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete" and verb = "list"
| filter requestURI not like /limit=/ and requestURI not like /resourceVersion=0/
| fields coalesce(objectRef.namespace, "(all)") as ns
| stats count(*) as n by userAgent as ua, user.username as who, objectRef.resource as res, ns
| sort n desc
| limit 50
`,
  reading:
    'The first 50. A client that lists pods of all namespaces again and again should watch, ask for pages, or read from the cache with resourceVersion=0. A restart of many such clients at once is a storm.',
  mergeable: false,
});
