import { defineQuery } from '../query.ts';

export const q47 = defineQuery({
  id: 'Q47',
  name: 'latency-percentiles',
  title: 'Latency by verb and resource',
  answers: 'How long requests take, of all of them and not only of the slow ones.',
  streams: ['audit'],
  parameters: [],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete" and verb in ["get", "list", "create", "update", "patch", "delete"]
| filter coalesce(objectRef.subresource, "-") not in ["exec", "attach", "portforward", "proxy", "log"]
| parse @message /"requestReceivedTimestamp":"\d+-\d+-\d+T(?<sh>\d+):(?<sm>\d+):(?<ss>\d+)\.(?<su>\d+)Z"/
| parse @message /"stageTimestamp":"\d+-\d+-\d+T(?<eh>\d+):(?<em>\d+):(?<es>\d+)\.(?<eu>\d+)Z"/
| fields (eh * 3600 + em * 60 + es + eu / 1000000) - (sh * 3600 + sm * 60 + ss + su / 1000000) as d0
| fields d0 - floor(d0 / 86400) * 86400 as secs
| stats count(*) as n, pct(secs, 50) as p50, pct(secs, 99) as p99, max(secs) as worst by verb, objectRef.resource as res
| filter n >= 20
| sort p99 desc
| limit 100000
`,
  reading:
    'In seconds, from the two instants of each event, over midnight too. Kinds with fewer than 20 requests are left out: a percentile of them says little. Only where the log group is read whole: a range that was cut in two would have two medians.',
  mergeable: false,
});
