import { defineQuery } from '../query.ts';

export const q55 = defineQuery({
  id: 'Q55',
  name: 'conflicts',
  title: 'Writers that get in each other’s way',
  answers: 'Who writes what somebody else has just written, again and again (409).',
  streams: ['audit'],
  parameters: [],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete" and responseStatus.code = 409
| fields coalesce(objectRef.subresource, "-") as sub, coalesce(responseStatus.reason, "-") as reason
| stats count(*) as n, min(@timestamp) as first, max(@timestamp) as last by user.username as who, userAgent as ua, verb, objectRef.resource as res, sub, reason
| sort n desc
| limit 100000
`,
  reading:
    'A few are how optimistic locking works. Thousands by two users on one resource: two controllers that undo each other. A `reason` of AlreadyExists: one that creates without looking.',
  mergeable: true,
  aggregates: { n: 'sum', first: 'min', last: 'max' },
});
