/** Who a request comes from, as a control plane of EKS would have it after authentication. */
export interface Identity {
  user: string;
  groups: readonly string[];
  /** Instead of the front's own word: what the request itself shows for credentials, or `none`. */
  credentials?: 'none' | { bearer: string };
  extra?: { canonicalArn: string; arn: string; sessionName: string; accessKeyId: string };
  /** Where it comes from: an address for documentation (RFC 5737). */
  ip: string;
}

const account = '111122223333';

/** As an access entry of a role names whoever assumed it: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
function person(role: string, sessionName: string, groups: string[], ip: string): Identity {
  const arn = `arn:aws:sts::${account}:assumed-role/${role}/${sessionName}`;
  const canonicalArn = `arn:aws:iam::${account}:role/${role}`;
  return { user: arn, groups, extra: { canonicalArn, arn, sessionName, accessKeyId: 'ASIAEXAMPLE' }, ip };
}

function accountOf(namespace: string, name: string, more: string[] = []): Identity {
  const user = `system:serviceaccount:${namespace}:${name}`;
  return {
    user,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, ...more],
    ip: '198.51.100.20',
  };
}

/** By the name under which they are in the paths of the front. */
export const cast = {
  /** Makes the scenery. */
  stagehand: { user: 'kubernetes-admin', groups: ['system:masters'], ip: '192.0.2.1' },
  ana: person('platform', 'ana', ['system:masters'], '192.0.2.10'),
  ben: person('readers', 'ben', ['readers'], '192.0.2.11'),
  nodeManager: { user: 'eks:node-manager', groups: ['eks:managed-nodegroups', 'system:masters'], ip: '198.51.100.1' },
  addonManager: { user: 'eks:addon-manager', groups: ['system:masters'], ip: '198.51.100.2' },
  drainer: person('eks-node-lifecycle-drain', 'drain', ['system:masters'], '198.51.100.3'),
  karpenter: accountOf('kube-system', 'karpenter', ['system:masters']),
  operator: accountOf('ops', 'operator', ['system:masters']),
  busy: accountOf('ops', 'busy'),
  kubelet: { user: 'system:node:n1.example.internal', groups: ['system:nodes', 'system:masters'], ip: '198.51.100.31' },
  nobody: { user: 'system:anonymous', groups: ['system:unauthenticated'], credentials: 'none', ip: '203.0.113.7' },
  stranger: { user: '', groups: [], credentials: { bearer: 'k8s-aws-v1.expired' }, ip: '203.0.113.8' },
} as const satisfies Record<string, Identity>;
export type Role = keyof typeof cast;
