import { namespace, pod, user } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';
import { joined, succeeded } from '../row-values.ts';

export const q23 = defineQuery({
  id: 'Q23',
  name: 'exec',
  title: 'Exec, attach, port-forward, proxy, ephemeral containers',
  answers: 'Who reached into which pod, node or service, from where and for how long.',
  streams: ['audit'],
  parameters: [namespace, pod, user],
  template: String.raw`
fields @timestamp, objectRef.resource as res, objectRef.subresource as sub, objectRef.namespace as ns, objectRef.name as name, user.username as who, user.extra.canonicalArn.0 as arn, sourceIPs.0 as ip, responseStatus.code as code, requestURI
| filter @logStream like /^kube-apiserver-audit/
| filter stage in ["ResponseStarted", "ResponseComplete"]
| filter (objectRef.resource = "pods" and objectRef.subresource in ["exec", "attach", "portforward", "proxy", "ephemeralcontainers"]) or (objectRef.resource in ["nodes", "services"] and objectRef.subresource = "proxy")
| filter objectRef.namespace = "{{namespace}}"
| filter objectRef.name = "{{pod}}"
| filter user.username = "{{user}}"
| parse requestURI /[?&]container=(?<container>[^&]+)/
| stats earliest(@timestamp) as start, latest(@timestamp) as end, earliest(who) as user, earliest(arn) as principal, earliest(ip) as address, max(code) as status, earliest(requestURI) as uri by auditID, res, sub, ns, name, container
| sort start desc
| limit 100000
`,
  reading:
    'Newest first, one row a session. `start` and `end` are the same for one that still goes on or was refused. `uri` has the command of an exec. Both verbs are in it: create for SPDY, get for WebSockets, which kubectl has used since 1.30.',
  severity: {
    when: 'high: it went through in kube-system or to a node; medium: it went through elsewhere; low: it was refused',
    of: (row) => {
      if (!succeeded(row, 'status')) return 'low';
      return row.ns === 'kube-system' || row.res === 'nodes' ? 'high' : 'medium';
    },
  },
  finding: {
    resource: (row) => joined(row, '/', 'res', 'ns', 'name'),
    matter: (row) => `${joined(row, ' ', 'sub')} by ${joined(row, ' ', 'user', 'principal')}`,
    seen: 'end',
  },
  mergeable: true,
  aggregates: {
    start: 'first',
    end: 'last',
    user: 'first',
    principal: 'first',
    address: 'first',
    status: 'max',
    uri: 'first',
  },
});
