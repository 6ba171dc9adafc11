import { defineQuery } from '../query.ts';

export const q48 = defineQuery({
  id: 'Q48',
  name: 'top-talkers',
  title: 'Who talks most to the API server',
  answers: 'Which clients, which kinds of request, or which minutes make the most of the load.',
  streams: ['audit'],
  parameters: [
    {
      name: 'by',
      kind: 'choice',
      description: 'What to count by.',
      default: 'client',
      choices: {
        client: 'userAgent as ua, user.username as who',
        request: 'verb, objectRef.resource as res, responseStatus.code as code',
        minute: 'bin(1m)',
      },
    },
  ],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| stats count(*) as n, count_distinct(objectRef.resource) as kinds by {{by}}
| sort n desc
| limit 50
`,
  reading:
    'The first 50. A client that appears with every node (`kubelet`, `aws-node`, `kube-proxy`) counts once a node in `user.username`. By minute: the peaks, to look at one of them with the other two.',
  mergeable: false,
});
