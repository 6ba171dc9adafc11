/**
 * Made here, in the shapes that are described at the links.
 * Audit events: https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
 * Their annotations: https://kubernetes.io/docs/reference/labels-annotations-taints/audit-annotations/
 * The answer to a refused eviction: https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/
 */
export function auditLine(event: {
  resource?: string;
  subresource?: string;
  name?: string;
  request?: unknown;
  response?: unknown;
  message?: string;
  annotations?: Record<string, string>;
}): string {
  return JSON.stringify({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'RequestResponse',
    auditID: 'b6a8a5de-7a4f-4e8e-9f52-6a4a0e6f3a11',
    stage: 'ResponseComplete',
    requestURI: '/api/v1/nodes/ip-10-0-1-7.ec2.internal',
    verb: 'patch',
    user: { username: 'eks:node-manager', groups: ['system:authenticated'] },
    objectRef: { resource: event.resource, subresource: event.subresource, name: event.name, apiVersion: 'v1' },
    responseStatus: { metadata: {}, message: event.message, code: 200 },
    requestObject: event.request,
    responseObject: event.response,
    requestReceivedTimestamp: '2026-11-21T23:59:59.750000Z',
    stageTimestamp: '2026-11-22T00:00:01.250000Z',
    annotations: { 'authorization.k8s.io/decision': 'allow', ...event.annotations },
  });
}

const managed = [{ manager: 'kubectl', fieldsV1: { 'f:spec': { 'f:taints': {} } } }];
const tainted = { metadata: { managedFields: managed }, spec: { taints: [{ key: 'old', effect: 'NoSchedule' }] } };
const taints = [{ key: 'maintenance', value: 'a', effect: 'NoExecute' }];
const tooMany = {
  kind: 'Status',
  reason: 'TooManyRequests',
  details: {
    causes: [
      {
        reason: 'DisruptionBudget',
        message: 'The disruption budget web needs 3 healthy pods and has 3 currently',
      },
    ],
  },
};
const latency = (layer: string, value: string) => ({ [`apiserver.latency.k8s.io/${layer}`]: value });
const excludeLabel = 'node.kubernetes.io/exclude-from-external-load-balancers';

export const lines = {
  excluded: auditLine({ request: { metadata: { labels: { [excludeLabel]: 'true' } } }, response: {} }),
  included: auditLine({ request: { metadata: { labels: { [excludeLabel]: null } } }, response: {} }),
  refused: auditLine({ subresource: 'eviction', response: tooMany }),
  /** The two messages of an eviction that is answered with 500. */
  severalBudgets: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
  webhookClosed:
    'Internal error occurred: failed calling webhook "check.example.com": failed to call webhook: Post "https://check.shop.svc:443/": EOF',
  cordonedByOperation: auditLine({ request: [{ op: 'add', path: '/spec/unschedulable', value: true }] }),
  uncordonedByOperation: auditLine({ request: [{ op: 'remove', path: '/spec/unschedulable' }] }),
  taintedByOperation: auditLine({
    request: [{ op: 'replace', path: '/spec/taints', value: taints }],
    response: tainted,
  }),
  bound: auditLine({
    subresource: 'binding',
    request: { kind: 'Binding', target: { kind: 'Node', name: 'ip-10-0-1-7.ec2.internal' } },
  }),
  tainted: auditLine({ request: { spec: { taints } }, response: tainted }),
  /** https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/controller/controller_utils.go PatchNodeTaints */
  taintedByController: auditLine({
    request: { metadata: { resourceVersion: '7' }, spec: { taints } },
    response: tainted,
  }),
  untainted: auditLine({ request: { spec: { taints: null } }, response: tainted }),
  labelledOnly: auditLine({ request: { metadata: { labels: { a: 'b' } } }, response: tainted }),
  failedOpen: auditLine({
    annotations: { 'failed-open.validating.webhook.admission.k8s.io/round_0_index_1': 'check.example.com' },
  }),
  failedOpenMutation: auditLine({
    annotations: { 'failed-open.mutation.webhook.admission.k8s.io/round_0_index_0': 'inject.example.com' },
  }),
  slow: auditLine({
    annotations: {
      ...latency('apf-queue-wait', '1.1s'),
      ...latency('etcd', '523.1ms'),
      ...latency('mutating-webhook', '2.5s'),
      ...latency('total', '1m2.5s'),
      ...latency('validating-webhook', '10.2ms'),
    },
  }),
  deprecated: auditLine({ annotations: { 'k8s.io/deprecated': 'true', 'k8s.io/removed-release': '1.32' } }),
  privileged: auditLine({
    request: {
      spec: {
        volumes: [{ name: 'host', hostPath: { path: '/var/log', type: '' } }],
        containers: [{ securityContext: { privileged: true } }],
      },
    },
  }),
  /** https://repost.aws/knowledge-center/eks-api-server-unauthorized-error */
  denied:
    'time="2026-11-21T10:00:00Z" level=warning msg="access denied" arn="arn:aws:iam::123456789012:role/nodes" client="127.0.0.1:57586" error="ARN is not mapped" method=POST path=/authenticate',
  /** https://github.com/aws/aws-eks-best-practices/pull/624 */
  stsEndpoint:
    'time="2026-11-21T10:00:00Z" level=info msg="STS response" accesskeyid=ASIAEXAMPLE accountid=123456789012 arn="arn:aws:sts::123456789012:assumed-role/ops/jo" client="127.0.0.1:60480" method=POST path=/authenticate session=jo stsendpoint=sts.amazonaws.com userid=AROAEXAMPLE',
  /** https://github.com/kubernetes/kubernetes/tree/v1.34.0/staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook dispatchers */
  webhookOpen:
    'W1121 10:00:00.417416      10 dispatcher.go:170] Failed calling webhook, failing open check.example.com: failed calling webhook "check.example.com": failed to call webhook: Post "https://check.shop.svc:443/validate?timeout=10s": context deadline exceeded',
  webhookQuoted:
    'E1121 10:00:00.417416      10 dispatcher.go:214] "Unhandled Error" err="failed calling webhook \\"check.example.com\\": failed to call webhook: Post \\"https://check.shop.svc:443/validate\\": x509: certificate signed by unknown authority"',
  /** https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/scheduler/schedule_one.go */
  unschedulable:
    'I1121 10:00:00.347134       1 schedule_one.go:1055] "Unable to schedule pod; no fit; waiting" pod="shop/web-0" err="0/3 nodes are available: 1 Too many pods, 2 node(s) didn\'t match \\"zone\\"."',
  etcdFull: 'E1121 10:00:00.347134      10 status.go:71] "err" err="etcdserver: mvcc: database space exceeded"',
  etcdLeader: 'E1121 10:00:00.347134      10 writers.go:118] "err" err="etcdserver: leader changed"',
};
