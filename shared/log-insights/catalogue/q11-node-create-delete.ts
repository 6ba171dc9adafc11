import { node } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';

export const q11 = defineQuery({
  id: 'Q11',
  name: 'node-create-delete',
  title: 'Nodes that joined and went',
  answers: 'Who created and deleted which Node objects.',
  streams: ['audit'],
  parameters: [node],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter objectRef.resource = "nodes" and verb in ["create", "delete", "deletecollection"] and responseStatus.code < 300
| filter objectRef.name = "{{node}}"
| stats count(*) as n, min(@timestamp) as first, max(@timestamp) as last by verb, objectRef.name as node, user.username as who, userAgent as ua
| sort last desc
| limit 100000
`,
  reading:
    'Last change first. A kubelet creates its own node; the node lifecycle controller of the cloud provider deletes it when its instance is gone. A deletion by somebody else leaves an instance that runs and no longer counts.',
  mergeable: true,
  aggregates: { n: 'sum', first: 'min', last: 'max' },
});
