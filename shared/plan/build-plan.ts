import { budgetKey } from '../lifecycle/attempt.ts';
import { selects } from '../lifecycle/budget-match.ts';
import type { BudgetView } from '../lifecycle/node.ts';
import type { DrainPolicy } from '../lifecycle/policy.ts';
import type { BudgetPlan, DrainPlan, InstanceWithoutNode, NodePlan } from './drain-plan.ts';
import { durationAssumptions, estimateNode, estimateTotal } from './estimate-duration.ts';
import { countPlacements, estimatePlacements } from './estimate-placements.ts';
import { findSingletons, surgedFirst, surgedWorkload, workloadName } from './find-singletons.ts';
import { holdingBudgets } from './holding-budgets.ts';
import { type JudgedPlanPod, openJudge } from './judge-pods.ts';
import { nextSteps } from './next-steps.ts';
import { heldBy, planBudget } from './plan-budgets.ts';
import { planNode } from './plan-node.ts';
import type { ClusterSnapshot, PlanNode, PlanPod } from './snapshot.ts';
import { summarise } from './summarise.ts';
import { unknownParts, unknownSurges } from './unknown-parts.ts';

export interface PlanQuestion {
  snapshot: ClusterSnapshot;
  /** Names of the nodes to drain, wave after wave. */
  waves: readonly (readonly string[])[];
  /** How many of a wave are drained at the same time. */
  atOnce: number;
  /** What was asked for, in words. */
  target: string;
  /** In manual mode. */
  policy: DrainPolicy;
  cluster?: string;
  withoutNode?: readonly InstanceWithoutNode[];
}

/** The plan of a manual drain of these nodes. `now`: epoch milliseconds. */
export function buildPlan(question: PlanQuestion, now: number): DrainPlan {
  const { snapshot, waves, policy } = question;
  const byName = new Map(snapshot.nodes.map((node) => [node.name, node]));
  const names = new Set(waves.flat());
  const targets = [...names].map((name) => byName.get(name)).filter((node) => node !== undefined);
  const work = judgeTargets(snapshot, targets, policy, now);
  const judged = work.flatMap(({ pods }) => pods);
  const leaving = judged.filter(({ verdict }) => verdict.kind === 'evict').map(({ pod }) => pod);
  const placements = estimatePlacements(snapshot, names, judged);

  const selecting = openBudgets(snapshot.budgets ?? []);
  const budgetsOf = (pod: PlanPod) => holdingBudgets(pod, selecting(pod));
  const isPending = (pod: PlanPod) => placements.get(pod.uid)?.kind === 'pending';
  const singletons = findSingletons(snapshot.pods, new Set(leaving.map(({ uid }) => uid)));
  const lonely = new Map(singletons.map((singleton) => [singleton.workload, singleton]));
  const surged = (pod: PlanPod) => (policy.surgeSingletons ? surgedWorkload(pod, lonely) : undefined);
  const budgets = heldBy(snapshot.budgets ?? [], leaving, budgetsOf, isPending).map((held) =>
    planBudget(held, policy.disableEviction, (pod) => surged(pod) !== undefined),
  );
  const withOutlook = (outlook: BudgetPlan['outlook']) => {
    const keys = new Set(budgets.filter((budget) => budget.outlook === outlook).map(budgetKey));
    return (pod: PlanPod) => budgetsOf(pod).some((budget) => keys.has(budgetKey(budget)));
  };
  const isHeldForEver = withOutlook('never');
  const hopeful = new Set(leaving.map(surged));
  const hopes = leaving.filter(withOutlook('surged')).map((pod) => surged(pod) ?? '');
  const unknown = [...unknownParts(snapshot.unread, judged), ...unknownSurges(hopes)];
  const nodes = work.map(({ node, pods }) => {
    const duration = estimateNode({ pods, budgetsOf, isHeldForEver, policy, now });
    const details = (pod: PlanPod) => {
      const workload = workloadName(pod);
      return {
        budgets: selecting(pod).map(budgetKey),
        singleton: workload !== undefined && lonely.has(workload) ? workload : undefined,
        replacement: placements.get(pod.uid),
        isHeldForEver: policy.onDeadline !== 'force' && isHeldForEver(pod),
      };
    };
    return planNode({ node, pods, details, duration, isUnknown: unknown.length > 0 });
  });
  const durations = new Map(nodes.map(({ name, duration }) => [name, duration]));
  const inWaves = waves.map((wave) => wave.map((name) => durations.get(name)).filter((each) => each !== undefined));
  const assumptions = durationAssumptions(inWaves.flat(), policy);
  const duration = { ...estimateTotal(inWaves, question.atOnce), assumptions };
  const verdict = worstOf(nodes);
  const plan: Omit<DrainPlan, 'summary'> = {
    version: 1,
    at: new Date(now).toISOString(),
    ...(question.cluster === undefined ? {} : { cluster: question.cluster }),
    target: question.target,
    verdict,
    exitCode: exitCodes[verdict],
    maxUnavailable: question.atOnce,
    nodes,
    budgets: budgets.sort((a, b) => outlooks.indexOf(a.outlook) - outlooks.indexOf(b.outlook)),
    singletons: singletons.map((each) => (hopeful.has(each.workload) ? surgedFirst(each) : each)),
    placement: countPlacements(placements, snapshot),
    duration,
    unknown,
    withoutNode: [...(question.withoutNode ?? [])],
    next: verdict === 'drainable' ? [] : nextSteps({ nodes, budgets, unknown }),
  };
  return { ...plan, summary: summarise(plan) };
}

const exitCodes = { drainable: 0, blocked: 1, 'cannot-tell': 2 } as const;
const outlooks: readonly BudgetPlan['outlook'][] = ['never', 'surged', 'holds', 'lets-go', 'bypassed'];

function worstOf(nodes: readonly NodePlan[]): DrainPlan['verdict'] {
  const has = (verdict: DrainPlan['verdict']) => nodes.some((node) => node.verdict === verdict);
  return has('blocked') ? 'blocked' : has('cannot-tell') ? 'cannot-tell' : 'drainable';
}

function judgeTargets(snapshot: ClusterSnapshot, targets: readonly PlanNode[], policy: DrainPolicy, now: number) {
  const judge = openJudge(snapshot, policy, now);
  const byNode = new Map<string, PlanPod[]>(targets.map(({ name }) => [name, []]));
  for (const pod of snapshot.pods) byNode.get(pod.nodeName ?? '')?.push(pod);
  return targets.map((node) => ({
    node,
    pods: (byNode.get(node.name) ?? []).map((pod): JudgedPlanPod => ({ pod, verdict: judge(pod, node) })),
  }));
}

function openBudgets(budgets: readonly BudgetView[]): (pod: PlanPod) => BudgetView[] {
  const ofNamespace = new Map<string, BudgetView[]>();
  for (const budget of budgets)
    ofNamespace.set(budget.namespace, [...(ofNamespace.get(budget.namespace) ?? []), budget]);
  return (pod) => (ofNamespace.get(pod.namespace) ?? []).filter((budget) => selects(budget, pod));
}
