import { user } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';
import { joined, succeeded } from '../row-values.ts';

export const q43 = defineQuery({
  id: 'Q43',
  name: 'webhook-changes',
  title: 'Changes of webhooks and admission policies',
  answers: 'Who changed what checks and changes requests.',
  streams: ['audit'],
  parameters: [user],
  template: String.raw`
fields @timestamp, verb, objectRef.resource as res, objectRef.name as name, user.username as who, user.extra.canonicalArn.0 as arn, userAgent as ua, responseStatus.code as code
| filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter objectRef.resource in ["mutatingwebhookconfigurations", "validatingwebhookconfigurations", "validatingadmissionpolicies", "validatingadmissionpolicybindings", "mutatingadmissionpolicies", "mutatingadmissionpolicybindings"]
| filter verb in ["create", "update", "patch", "delete", "deletecollection"]
| filter user.username not like /:cert-manager-cainjector$/
| filter user.username = "{{user}}"
| sort @timestamp desc
| limit 100000
`,
  reading:
    'Newest first, refused attempts included. The injector of cert-manager, which renews the certificates in them, is left out. A webhook that appeared shortly before drains got stuck is a suspect.',
  severity: {
    when: 'medium: it went through, and not by the system; low: it was refused',
    of: (row) => {
      if (!succeeded(row)) return 'low';
      return /^(?:system:|eks:)/.test(row.who ?? '') ? undefined : 'medium';
    },
  },
  finding: {
    resource: (row) => joined(row, '/', 'res', 'name'),
    matter: (row) => `${joined(row, ' ', 'verb')} by ${joined(row, ' ', 'who', 'arn')}`,
    seen: '@timestamp',
  },
  mergeable: true,
});
