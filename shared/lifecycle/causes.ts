import { type Attempt, budgetKey } from './attempt.ts';
import { budgetsOf } from './budget-match.ts';
import type { JudgedPod } from './decide.ts';
import type { BudgetView } from './node.ts';
import type { PodView } from './pod.ts';
import { tierOf } from './tiers.ts';

/** Why a pod is still here, in a form that can be grouped: equal codes and texts are one cause. */
export interface Cause {
  code: string;
  text: string;
}

export function causeOf(
  { pod, verdict }: JudgedPod,
  attempt: Attempt | undefined,
  budgets: readonly BudgetView[],
  lowestTier: number,
): Cause {
  if (pod.deletionAt !== undefined) {
    const held = pod.finalizers.length > 0 ? `, finalizers ${pod.finalizers.join(', ')}` : '';
    return { code: 'terminating', text: `terminating${held}` };
  }
  const last = attempt?.last;
  if (last && 'text' in last) {
    return { code: last.kind, text: last.kind.includes('budget') ? budgetText(last.text, pod, budgets) : last.text };
  }
  if (verdict.kind !== 'evict') return { code: verdict.code, text: verdict.reason };
  if (tierOf(pod) > lowestTier) return { code: 'later-tier', text: 'it goes after pods of a lower drain order' };
  return { code: 'pending', text: last?.kind === 'accepted' ? 'its eviction was accepted' : 'not evicted yet' };
}

function budgetText(answer: string, pod: PodView, budgets: readonly BudgetView[]): string {
  const mine = budgetsOf(pod, budgets);
  if (mine.length > 1) return `more than one disruption budget selects it: ${mine.map(budgetKey).sort().join(' and ')}`;
  const notes = mine.flatMap((budget) => budgetNotes(budget, pod)).filter((note) => !answer.includes(note));
  return notes.length > 0 ? `${answer} (${notes.join('; ')})` : answer;
}

/** What to change about a budget. https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy */
function budgetNotes(budget: BudgetView, pod: Pick<PodView, 'ready'>): string[] {
  if (budget.syncFailure !== undefined) return [`failed sync: ${budget.syncFailure}`];
  if (isUnprocessed(budget)) return [`generation ${budget.observedGeneration} of ${budget.generation} is processed`];
  const never = neverAllows(budget);
  const unready = budget.expectedPods - budget.currentHealthy;
  return [
    ...(never ? [`${never}: it can never allow a disruption`] : []),
    ...(holdsUnready(budget, pod)
      ? [`${noneIsReady(budget)}unhealthyPodEvictionPolicy AlwaysAllow would let it go`]
      : []),
    ...(pod.ready && !never && unready > 0
      ? [`${unready} of its ${budget.expectedPods} pods ${unready === 1 ? 'is' : 'are'} not ready`]
      : []),
  ];
}

/** Under the default policy a pod that is not ready goes only while enough others are. */
export function holdsUnready(budget: BudgetView, pod: Pick<PodView, 'ready'>): boolean {
  return !pod.ready && budget.unhealthyPodEvictionPolicy !== 'AlwaysAllow';
}

/** Its controller has not seen its latest change yet. */
export function isUnprocessed({ observedGeneration, generation }: BudgetView): boolean {
  return observedGeneration < generation;
}

/** One that asks for no healthy pod lets none go while none is healthy. */
function noneIsReady({ desiredHealthy, currentHealthy }: BudgetView): string {
  return desiredHealthy === 0 && currentHealthy === 0
    ? 'no pod is ready, and until one is it allows no disruption: '
    : 'the pod is not ready: ';
}

/** A budget that no number of healthy pods satisfies. */
export function neverAllows(budget: BudgetView): string | undefined {
  const { minAvailable, maxUnavailable, expectedPods } = budget;
  if (maxUnavailable === 0 || maxUnavailable === '0%') return `maxUnavailable ${maxUnavailable}`;
  if (minAvailable === '100%') return 'minAvailable 100%';
  if (minAvailable === undefined || expectedPods === 0 || healthyOf(minAvailable, expectedPods) < expectedPods)
    return undefined;
  return `minAvailable ${minAvailable} of ${expectedPods} pods`;
}

/** How many pods have to be healthy; a percentage is rounded up: https://kubernetes.io/docs/tasks/run-application/configure-pdb/#rounding-logic-when-specifying-percentages */
export function healthyOf(minAvailable: number | string, pods: number): number {
  if (typeof minAvailable === 'number') return minAvailable;
  return Math.ceil((Number.parseInt(minAvailable, 10) * pods) / 100);
}

export const mostCauses = 5;
export const mostNames = 3;

/** Grouped by cause, for one line: at most five causes with three pods each and a count. */
export function describeCauses(rows: readonly { pod: { namespace: string; name: string }; cause: Cause }[]): string {
  const groups = new Map<string, string[]>();
  for (const { pod, cause } of rows) {
    const names = groups.get(cause.text) ?? [];
    names.push(`${pod.namespace}/${pod.name}`);
    groups.set(cause.text, names);
  }
  const largestFirst = [...groups].sort(([, a], [, b]) => b.length - a.length);
  const shown = largestFirst.slice(0, mostCauses).map(([text, names]) => `${nameSome(names)}: ${text}`);
  const rest = largestFirst.slice(mostCauses).reduce((sum, [, names]) => sum + names.length, 0);
  return [...shown, ...(rest > 0 ? [`${rest} ${rest === 1 ? 'pod' : 'pods'} with other issues`] : [])].join('; ');
}

function nameSome(names: readonly string[]): string {
  const more = names.length - mostNames;
  return `${names.slice(0, mostNames).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
