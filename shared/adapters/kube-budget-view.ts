import type { V1LabelSelector, V1PodDisruptionBudget } from '@kubernetes/client-node';
import type { BudgetView, LabelSelectorView } from '../lifecycle/node.ts';
import type { Wire } from './kube-wire.ts';

/** The disruption controller could not count the pods: https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors */
const syncFailed = 'SyncFailed';

export function budgetView({ metadata = {}, spec, status }: Wire<V1PodDisruptionBudget>): BudgetView {
  const policy = spec?.unhealthyPodEvictionPolicy;
  const failure = status?.conditions?.find(({ reason }) => reason === syncFailed);
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? '',
    uid: metadata.uid ?? '',
    selector: spec?.selector ? selectorView(spec.selector) : undefined,
    minAvailable: spec?.minAvailable,
    maxUnavailable: spec?.maxUnavailable,
    disruptionsAllowed: status?.disruptionsAllowed ?? 0,
    currentHealthy: status?.currentHealthy ?? 0,
    desiredHealthy: status?.desiredHealthy ?? 0,
    expectedPods: status?.expectedPods ?? 0,
    generation: metadata.generation ?? 0,
    observedGeneration: status?.observedGeneration ?? 0,
    unhealthyPodEvictionPolicy: policy === 'AlwaysAllow' || policy === 'IfHealthyBudget' ? policy : undefined,
    ...(failure ? { syncFailure: failure.message ?? syncFailed } : {}),
  };
}

export function selectorView({ matchLabels, matchExpressions }: Wire<V1LabelSelector>): LabelSelectorView {
  return {
    matchLabels: matchLabels ?? {},
    matchExpressions: (matchExpressions ?? []).map(({ key, operator, values }) => ({
      key,
      operator,
      values: values ?? [],
    })),
  };
}
