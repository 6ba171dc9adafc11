import type { Verdict } from '../lifecycle/verdict.ts';
import type { DurationRange, NodePlan, PodPlan } from './drain-plan.ts';
import type { JudgedPlanPod } from './judge-pods.ts';
import type { Placement } from './place-pods.ts';
import type { PlanNode, PlanPod } from './snapshot.ts';

export interface PodDetails {
  budgets: string[];
  singleton: string | undefined;
  replacement: Placement | undefined;
  isHeldForEver: boolean;
}

export interface NodeFindings {
  node: PlanNode;
  pods: readonly JudgedPlanPod[];
  details: (pod: PlanPod) => PodDetails;
  duration: DurationRange;
  /** Something that bears on a verdict could not be read. */
  isUnknown: boolean;
}

/** One node's part of the plan, what blocks first. */
export function planNode({ node, pods, details, duration, isUnknown }: NodeFindings): NodePlan {
  const rows = pods.map((judged) => ({ judged, row: podRow(judged, details(judged.pod)) }));
  const blocked = pods.filter(({ verdict }) => verdict.kind === 'block').length;
  const held = pods.filter(({ pod, verdict }) => verdict.kind === 'evict' && details(pod).isHeldForEver).length;
  const instanceId = node.providerId?.split('/').at(-1);
  return {
    name: node.name,
    ...(instanceId?.startsWith('i-') ? { instanceId } : {}),
    ...(node.zone === undefined ? {} : { zone: node.zone }),
    ready: node.ready === 'True',
    cordoned: node.unschedulable,
    verdict: blocked + held > 0 ? 'blocked' : isUnknown ? 'cannot-tell' : 'drainable',
    summary: sentence(pods, blocked, held),
    pods: rows.map(({ row }) => row).sort((a, b) => rank(a) - rank(b) || byName(a, b)),
    duration,
  };
}

function podRow({ pod, verdict }: JudgedPlanPod, details: PodDetails): PodPlan {
  const { budgets, singleton, replacement } = details;
  const goes = verdict.kind === 'evict' || verdict.kind === 'block';
  return {
    namespace: pod.namespace,
    name: pod.name,
    verdict: verdict.kind,
    code: verdict.code,
    reason: verdict.reason,
    ...(verdict.warning ? { warning: true } : {}),
    ...(goes && budgets.length > 0 ? { budgets } : {}),
    ...(goes && pod.localDataVolumes.length > 0 ? { localData: [...pod.localDataVolumes] } : {}),
    ...(goes && singleton !== undefined ? { singleton } : {}),
    ...(goes && replacement ? { replacement } : {}),
  };
}

const order: readonly Verdict['kind'][] = ['block', 'stuck', 'wait', 'bounce', 'evict', 'stay', 'ignore'];

function rank({ verdict }: PodPlan): number {
  return order.indexOf(verdict);
}

function byName(a: PodPlan, b: PodPlan): number {
  const [one, other] = [`${a.namespace}/${a.name}`, `${b.namespace}/${b.name}`];
  return one < other ? -1 : one > other ? 1 : 0;
}

function sentence(pods: readonly JudgedPlanPod[], blocked: number, held: number): string {
  const count = (kind: Verdict['kind']) => pods.filter(({ verdict }) => verdict.kind === kind).length;
  const parts = [
    ...(blocked > 0 ? [`${blocked} blocked`] : []),
    `${count('evict')} to evict`,
    ...(held > 0 ? [`${held} of them held by a budget that never allows it`] : []),
    ...(count('wait') > 0 ? [`${count('wait')} to wait for`] : []),
    ...(count('stuck') > 0 ? [`${count('stuck')} stuck`] : []),
    ...(count('stay') > 0 ? [`${count('stay')} stay`] : []),
  ];
  return parts.join(', ');
}
