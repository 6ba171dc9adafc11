import { namespace } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';

export const q54 = defineQuery({
  id: 'Q54',
  name: 'forbidden-sysctls',
  title: 'Pods that ask for a forbidden sysctl',
  answers: 'Which workloads make pods that a kubelet refuses at once, and their controller makes again, without end.',
  streams: ['audit'],
  parameters: [namespace],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter objectRef.resource = "pods" and objectRef.subresource = "status" and @message like /SysctlForbidden/
| filter objectRef.namespace = "{{namespace}}"
| parse objectRef.name /^(?<owner>.+?)(?:-[bcdfghjklmnpqrstvwxz2456789]{6,10})?-[bcdfghjklmnpqrstvwxz2456789]{5}$/
| fields coalesce(owner, objectRef.name) as workload
| stats count(*) as n, max(@timestamp) as last by objectRef.namespace as ns, workload, user.username as who
| sort n desc
| limit 100000
`,
  reading:
    'Events are not in the audit log: this goes by what kubelets write into the status of pods. `workload` is the name of the pod without what its controller appends, `who` the node that refused it: allow the sysctl there, or take it from the pod.',
  mergeable: true,
  aggregates: { n: 'sum', last: 'max' },
});
