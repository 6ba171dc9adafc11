import { defineQuery } from '../query.ts';

export const q08 = defineQuery({
  id: 'Q08',
  name: 'pods-bound-to-node',
  title: 'Pods that were bound to a node',
  answers: 'Which pods the scheduler put on a node, and when: evictions carry no node.',
  streams: ['audit'],
  parameters: [{ name: 'node', kind: 'node', description: 'The name of the Node object.', required: true }],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter objectRef.resource = "pods" and objectRef.subresource = "binding" and verb = "create"
| parse @message /"target":\{"kind":"Node","name":"(?<node>[^"]+)"/
| filter node = "{{node}}"
| fields @timestamp, objectRef.namespace as ns, objectRef.name as pod, node, responseStatus.code as code
| sort @timestamp desc
| limit 100000
`,
  reading:
    'Newest first. The range has to reach back to when the pods started, not only over the drain. Static pods, and those that were created with the name of their node, are never bound. A `code` other than 201: the pod was not bound.',
  mergeable: true,
});
