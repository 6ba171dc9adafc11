import { namespace, pod, user } from '../common-parameters.ts';
import { defineQuery } from '../query.ts';
import { joined, numberIn, spanMinutes } from '../row-values.ts';

export const q06 = defineQuery({
  id: 'Q06',
  name: 'eviction-refused',
  title: 'Evictions refused by a disruption budget',
  answers: 'Which pods could not be evicted, which budget stood in the way, and for how long.',
  streams: ['audit'],
  parameters: [
    namespace,
    pod,
    user,
    {
      name: 'minutes',
      kind: 'minutes',
      description: 'On a schedule: refusals that went on for longer are a finding.',
      default: '15',
    },
  ],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"
| filter objectRef.resource = "pods" and objectRef.subresource = "eviction" and (responseStatus.code = 429 or responseStatus.code = 500)
| filter objectRef.namespace = "{{namespace}}"
| filter objectRef.name = "{{pod}}"
| filter user.username = "{{user}}"
| parse @message /The disruption budget (?<pdb>\S+) needs (?<needs>\d+) healthy pods and has (?<has>\d+) currently/
| parse responseStatus.message /(?<several>more than one PodDisruptionBudget)/
| parse responseStatus.message /failed calling (?<webhook>webhook "[^"]+")/
| fields coalesce(pdb, several, webhook, "none: throttled") as budget, coalesce(needs, "-") as need, coalesce(has, "-") as have
| stats count(*) as refused, min(@timestamp) as first, max(@timestamp) as last by objectRef.namespace as ns, objectRef.name as pod, budget, need, have, user.username as who
| sort refused desc
| limit 100000
`,
  reading:
    'The pod that holds a drain up is the one with the most refusals. `need` and `have` are the healthy pods that its budget asks for and had: `need` equal to all its replicas never lets one go. Without them it was no single budget: more than one selects the pod (500), a webhook could not be called (500), or the request was throttled (429).',
  severity: {
    when: 'high: the refusals of a row span more than `minutes`, and there are half as many at least: fewer are of several short drains',
    of: (row, { minutes }) => {
      const isLong = spanMinutes(row, 'first', 'last') > Number(minutes);
      return isLong && numberIn(row, 'refused') >= Number(minutes) / 2 ? 'high' : undefined;
    },
  },
  finding: {
    resource: (row) => `pods/${joined(row, '/', 'ns', 'pod')}`,
    matter: (row) => `${joined(row, ' ', 'budget')}, asked by ${joined(row, ' ', 'who')}`,
    seen: 'last',
  },
  mergeable: true,
  aggregates: { refused: 'sum', first: 'min', last: 'max' },
});
