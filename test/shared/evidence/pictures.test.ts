import { expect, it } from 'vitest';
import { cordon, evict, evidence, log, node, remove, type Told } from './a-drain.ts';

const manager = { user: 'eks:node-manager', agent: 'vpcLambda/v0.0.0 (linux/amd64)' };
const noUid = { request: { kind: 'Eviction' } };
const bound = (seconds: number, name: string, target: string, uid = `uid-${name}`): Told => ({
  ...{
    seconds,
    user: 'system:kube-scheduler',
    verb: 'create',
    resource: 'pods',
    subresource: 'binding',
    namespace: 'shop',
    name,
    code: 201,
  },
  request: { metadata: { uid }, target: { kind: 'Node', name: target } },
});
const byKubelet = (seconds: number, name: string, of = node): Told =>
  remove(seconds, name, {
    user: `system:node:${of}`,
    agent: 'kubelet/v1.36',
    request: { gracePeriodSeconds: 0, preconditions: { uid: `uid-${name}` } },
    response: undefined,
  });
const noReport = { report: undefined };

/** As a managed node group drains: label and cordon, evictions again and again, a delete of what would not go, the node. */
const managed: Told[] = [
  {
    ...cordon(0),
    ...manager,
    request: { metadata: { labels: { 'node.kubernetes.io/exclude-from-external-load-balancers': 'true' } } },
  },
  { ...cordon(2), ...manager, request: { spec: { unschedulable: true } } },
  evict(10, 'web-1', 201, { ...manager, ...noUid }),
  evict(10, 'web-2', 429, { ...manager, ...noUid }),
  evict(15, 'web-2', 429, { ...manager, ...noUid }),
  byKubelet(40, 'web-1'),
  remove(60, 'web-2', { ...manager, request: {} }),
  byKubelet(90, 'web-2'),
  { ...cordon(100), ...manager, verb: 'delete', request: undefined },
];

it('makes a picture of a managed node group’s drain from the log alone', () => {
  const { pictures, comparison, outcome } = evidence(managed, noReport);
  expect(outcome).toBe('no-claims');
  expect(pictures).toHaveLength(1);
  expect(comparison).toEqual([
    {
      ...{ name: 'managed node group', user: 'eks:node-manager', agent: 'vpcLambda/v0.0.0', source: 'log' },
      ...{ startedAt: '2026-03-01T09:59:59.980Z', secondsToCordon: 2, label: true, durationSeconds: 100 },
      ...{ podsEvicted: 1, podsRefused: 1, refusals: 2, deletedPastRefusal: 1, deletedUnasked: 0, nodeDeleted: true },
    },
  ]);
  expect(pictures[0]?.pods.map(({ name, tries, codes, past }) => ({ name, tries, codes, past }))).toEqual([
    { name: 'shop/web-1', tries: 1, codes: [], past: undefined },
    { name: 'shop/web-2', tries: 2, codes: [429], past: 'refusal' },
  ]);
});

it('puts our report, our log and a managed node group side by side', () => {
  const { comparison } = evidence([
    ...Object.values(log),
    ...managed.map((told) => ({ ...told, seconds: told.seconds + 400 })),
  ]);
  expect(comparison.map(({ name, source }) => `${name} (${source})`)).toEqual([
    'the report (report)',
    'eks-node-lifecycle (log)',
    'managed node group (log)',
  ]);
  const [told, seen] = comparison;
  const counts = { podsEvicted: 2, podsRefused: 2, refusals: 3, deletedPastRefusal: 1, deletedUnasked: 0 };
  expect(told).toMatchObject(counts);
  expect(seen).toMatchObject(counts);
});

it.each<[string, Told[], string | undefined]>([
  ['its binding', [bound(-60, 'x', node)], 'shop/x'],
  ['its kubelet, which took it off in the end', [byKubelet(90, 'x')], 'shop/x'],
  ['the answer to a delete', [remove(60, 'x', manager)], 'shop/x'],
  ['nothing', [], undefined],
  ['a binding to another node', [bound(-60, 'x', 'other')], undefined],
  [
    'a binding to another node before, of another pod of that name',
    [bound(-90, 'x', 'other', 'uid-0'), bound(-60, 'x', node)],
    'shop/x',
  ],
  ['a binding that failed', [{ ...bound(-60, 'x', node), code: 409 }], undefined],
])('knows by %s where a pod was that was evicted', (_name, said, expected) => {
  const { pictures } = evidence([...said, evict(10, 'x', 201, { ...manager, ...noUid })], noReport);
  expect(pictures[0]?.pods[0]?.name).toBe(expected);
});

it.each<[string, Told]>([
  ['a controller', remove(10, 'x', { user: 'system:serviceaccount:kube-system:replicaset-controller' })],
  ['the scheduler', bound(10, 'x', node)],
  ['the kubelet', byKubelet(10, 'x')],
  [
    'the node controller, with a taint',
    { ...cordon(10, 'system:serviceaccount:kube-system:node-controller'), request: { spec: { taints: [] } } },
  ],
  ['a delete of a node that is gone', { ...cordon(10), verb: 'delete', code: 404, request: undefined }],
  ['a dry run', { ...cordon(10), uri: '/api/v1/nodes/x?dryRun=All' }],
])('takes %s for no drain', (_name, told) => {
  expect(evidence([told], noReport).pictures).toEqual([]);
});

it.each([
  ['jane', 'kubectl/v1.36.3 (linux/amd64)', 'kubectl'],
  ['system:serviceaccount:karpenter:karpenter', 'karpenter/1.9', 'Karpenter'],
  ['eks:node-manager', 'x', 'managed node group'],
  ['arn:aws:sts::1:assumed-role/AWSServiceRoleForAmazonEKS/x', 'x', 'EKS Auto Mode'],
  ['system:serviceaccount:kube-system:cluster-autoscaler', 'x', 'Cluster Autoscaler'],
  ['system:serviceaccount:kube-system:aws-node-termination-handler', 'x', 'Node Termination Handler'],
  ['op', 'eks-node-lifecycle', 'eks-node-lifecycle'],
  ['bob', 'curl/8', 'bob'],
])('knows %s by %s as %s', (user, agent, name) => {
  expect(evidence([{ ...cordon(0), user, agent }], noReport).comparison[0]).toMatchObject({ name, user });
});

it('tells that a cordon was taken back', () => {
  const undone = { ...cordon(30, 'jane', 'kubectl/v1'), request: { spec: { unschedulable: null } } };
  const [picture] = evidence([cordon(0, 'jane', 'kubectl/v1'), undone], noReport).pictures;
  expect(picture).toMatchObject({ cordonedAt: expect.any(Number), uncordonedAt: Date.parse('2026-03-01T10:00:30Z') });
});
