import { namespace } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';

export const q41 = defineQuery({
  id: 'Q41',
  name: 'webhook-denials',
  title: 'Requests that webhooks failed or denied',
  answers: 'Whose requests were turned away by which webhook.',
  streams: ['audit'],
  parameters: [namespace],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete" and responseStatus.code >= 400
| filter responseStatus.message like /failed calling webhook|admission webhook/
| filter objectRef.namespace = "{{namespace}}"
| parse responseStatus.message /failed calling webhook "(?<failed>[^"]+)"/
| parse responseStatus.message /admission webhook "(?<denied>[^"]+)" denied the request/
| fields coalesce(failed, denied, "-") as webhook
| stats count(*) as n, latest(responseStatus.message) as sample by webhook, responseStatus.code as code, objectRef.resource as res, objectRef.namespace as ns, user.username as who
| sort n desc
| limit 100000
`,
  reading:
    'Code 500: the webhook could not be called, and its policy is to fail. 400 or 403: it was called and said no.',
  mergeable: true,
  aggregates: { n: 'sum', sample: 'last' },
});
