import { defineQuery } from '../query.ts';

export const q46 = defineQuery({
  id: 'Q46',
  name: 'slow-requests',
  title: 'Slow requests, layer by layer',
  answers: 'Which requests took longer than half a second, and where the time went.',
  streams: ['audit'],
  parameters: [],
  template: String.raw`
filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete" and verb not in ["watch", "connect"] and coalesce(objectRef.subresource, "-") not in ["exec", "attach", "portforward", "proxy", "log"]
| parse @message /"apiserver\.latency\.k8s\.io\/total":"(?<total>[^"]+)"/
| filter ispresent(total)
| parse total /^(?<ms>[\d.]+)ms$/
| parse total /^(?:(?<mins>\d+)m)?(?<sec>[\d.]+)s$/
| parse @message /"apiserver\.latency\.k8s\.io\/etcd":"(?<etcd>[^"]+)"/
| parse @message /"apiserver\.latency\.k8s\.io\/mutating-webhook":"(?<mut>[^"]+)"/
| parse @message /"apiserver\.latency\.k8s\.io\/validating-webhook":"(?<val>[^"]+)"/
| parse @message /"apiserver\.latency\.k8s\.io\/apf-queue-wait":"(?<apf>[^"]+)"/
| fields coalesce(ms / 1000, 0) + coalesce(mins * 60, 0) + coalesce(sec, 0) as seconds
| display @timestamp, seconds, etcd, mut, val, apf, verb, requestURI, user.username, userAgent, responseStatus.code
| sort seconds desc
| limit 200
`,
  reading:
    'The 200 slowest. `etcd`, `mut` and `val` (webhooks) and `apf` (waiting for its turn) are parts of `seconds`; the rest is the API server itself, above all the making of large answers. The API server says so only of requests over 500 ms: that there are none faster here means nothing.',
  mergeable: false,
});
