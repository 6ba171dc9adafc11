import { buildPlan } from '../../../shared/plan/build-plan.ts';
import type { DrainPlan } from '../../../shared/plan/drain-plan.ts';
import type { ClusterSnapshot, PlanNode, PlanPod } from '../../../shared/plan/snapshot.ts';
import { aManualPolicy, aNode, aPod, now } from '../lifecycle/builders.ts';

/** Ready, in zone a, with 4 CPUs, 16 GiB and room for 10 pods. */
export function aPlanNode(name: string, view: Partial<PlanNode> = {}): PlanNode {
  const { zone = 'a', labels = {} } = view;
  return {
    ...aNode({ name, uid: `uid-${name}`, providerId: `aws:///us-east-1a/i-${name}` }),
    createdAt: now - 86_400_000,
    conditions: { Ready: 'True' },
    allocatable: { cpu: 4000, memory: 16 * 2 ** 30, pods: 10 },
    ...view,
    zone,
    labels: { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': zone, ...labels },
  };
}

/** Ready, of a ReplicaSet of its own labels, asking for one CPU. */
export function aPlanPod(name: string, nodeName: string | undefined, view: Partial<PlanPod> = {}): PlanPod {
  return {
    ...aPod({ name, nodeName }),
    requests: { cpu: 1000, memory: 2 ** 30, pods: 1 },
    nodeSelector: {},
    nodeTerms: undefined,
    tolerations: [],
    hostPorts: [],
    podAffinity: [],
    podAntiAffinity: [],
    spreads: [],
    lastingClaims: view.claims ?? [],
    notSimulated: [],
    ...view,
  };
}

export function aSnapshot(view: Partial<ClusterSnapshot> = {}): ClusterSnapshot {
  return { nodes: [], pods: [], budgets: [], claims: [], volumes: [], daemonSets: [], unread: [], ...view };
}

/** The plan to drain these nodes one after another. */
export function planOf(
  view: Partial<ClusterSnapshot>,
  targets: readonly string[] = ['old'],
  policy: Parameters<typeof aManualPolicy>[0] = {},
): DrainPlan {
  const question = { snapshot: aSnapshot(view), waves: [targets], atOnce: 1, target: `nodes ${targets.join(', ')}` };
  return buildPlan({ ...question, policy: aManualPolicy({ reserveSeconds: 0, ...policy }) }, now);
}

export function podOf(plan: DrainPlan, name: string) {
  return plan.nodes.flatMap(({ pods }) => pods).find((pod) => pod.name === name);
}
