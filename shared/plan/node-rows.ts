import { budgetKey } from '../lifecycle/attempt.ts';
import { selects } from '../lifecycle/budget-match.ts';
import { neverAllows } from '../lifecycle/causes.ts';
import { manualPolicy } from '../lifecycle/manual-options.ts';
import { readMark } from '../lifecycle/mark.ts';
import type { BudgetView } from '../lifecycle/node.ts';
import { defaultPolicy } from '../lifecycle/policy.ts';
import { openJudge } from './judge-pods.ts';
import type { ClusterSnapshot, PlanNode, PlanPod } from './snapshot.ts';

/** One node in a list of them. */
export interface NodeRow {
  name: string;
  instanceId: string | undefined;
  /** Its Auto Scaling group where that is known, else what its labels call its group. */
  group: string | undefined;
  zone: string | undefined;
  ageSeconds: number;
  /** `draining`: with a mark of ours whose drain has not ended. */
  state: 'ready' | 'not-ready' | 'unknown';
  cordoned: boolean;
  draining: boolean;
  /** All that have not finished, and those of them that would have to go. */
  pods: number;
  toEvict: number;
  /** What would block a drain without any option. */
  blockers: NodeBlocker[];
}

export interface NodeBlocker {
  code: string;
  /** As `namespace/name`; for a budget, of those it holds. */
  pods: string[];
  text: string;
}

const groupLabels = [
  'alpha.eksctl.io/nodegroup-name',
  'eks.amazonaws.com/nodegroup',
  'karpenter.sh/nodepool',
  'node.kubernetes.io/instancegroup',
];

/** All nodes of a snapshot, by name. `now`: epoch milliseconds; `groups`: the group of an instance, where Auto Scaling was asked. */
export function nodeRows(
  snapshot: ClusterSnapshot,
  now: number,
  groups: ReadonlyMap<string, string> = new Map(),
): NodeRow[] {
  const judge = openJudge(snapshot, manualPolicy(defaultPolicy, {}), now);
  const podsOf = Map.groupBy(snapshot.pods, ({ nodeName = '' }) => nodeName);
  const never = Map.groupBy((snapshot.budgets ?? []).filter(neverAllows), ({ namespace }) => namespace);
  return snapshot.nodes
    .map((node) => {
      const pods = (podsOf.get(node.name) ?? []).map((pod) => ({ pod, verdict: judge(pod, node) }));
      const leaving = pods.filter(({ verdict }) => verdict.kind === 'evict').map(({ pod }) => pod);
      const blocked = pods.filter(({ verdict }) => verdict.kind === 'block');
      const codes = Map.groupBy(blocked, ({ verdict }) => verdict.code);
      const ofPods = [...codes].map(([code, some]) => ({
        code,
        pods: some.map(({ pod }) => nameOf(pod)).sort(),
        text: some[0]?.verdict.reason ?? '',
      }));
      return {
        ...rowOf(node, now, groups),
        pods: pods.length,
        toEvict: leaving.length,
        blockers: [...ofPods, ...budgetBlockers(leaving, never)],
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function rowOf(node: PlanNode, now: number, groups: ReadonlyMap<string, string>) {
  const id = node.providerId?.split('/').at(-1);
  const instanceId = id?.startsWith('i-') ? id : undefined;
  const labelled = groupLabels.map((label) => node.labels[label]).find((group) => group !== undefined);
  const mark = readMark(node.annotations);
  return {
    name: node.name,
    instanceId,
    group: groups.get(instanceId ?? '') ?? labelled,
    zone: node.zone,
    ageSeconds: Math.max(0, Math.floor((now - node.createdAt) / 1000)),
    state:
      node.ready === 'True'
        ? ('ready' as const)
        : node.ready === 'False'
          ? ('not-ready' as const)
          : ('unknown' as const),
    cordoned: node.unschedulable,
    draining: mark !== undefined && mark.ended === undefined,
  };
}

function budgetBlockers(leaving: readonly PlanPod[], never: ReadonlyMap<string, readonly BudgetView[]>): NodeBlocker[] {
  const held = new Map<BudgetView, string[]>();
  for (const pod of leaving)
    for (const budget of (never.get(pod.namespace) ?? []).filter((each) => selects(each, pod)))
      held.set(budget, [...(held.get(budget) ?? []), nameOf(pod)]);
  return [...held].map(([budget, pods]) => ({
    code: 'budget',
    pods: pods.sort(),
    text: `budget ${budgetKey(budget)} can never allow a disruption: ${neverAllows(budget)}`,
  }));
}

function nameOf({ namespace, name }: PlanPod): string {
  return `${namespace}/${name}`;
}
