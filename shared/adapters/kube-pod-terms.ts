import type { V1LabelSelector, V1PodAffinityTerm, V1TopologySpreadConstraint } from '@kubernetes/client-node';
import type { LabelSelectorView } from '../lifecycle/node.ts';
import type { PodTerm, SpreadView } from '../plan/snapshot.ts';
import type { Wire } from './kube-wire.ts';

/** Required terms of (anti-)affinity to other pods; those that name namespaces by their labels are `unknownTerms`. */
export function podTerms(terms: readonly Wire<V1PodAffinityTerm>[] | undefined, ownNamespace: string): PodTerm[] {
  return (terms ?? [])
    .filter((term) => !hasUnknownNamespaces(term))
    .map(({ topologyKey, namespaces = [], namespaceSelector, labelSelector }) => ({
      topologyKey,
      // An empty selector of namespaces takes all of them.
      namespaces: namespaceSelector ? 'all' : namespaces.length > 0 ? namespaces : [ownNamespace],
      selector: selectorView(labelSelector),
    }));
}

export function unknownTerms(terms: readonly Wire<V1PodAffinityTerm>[] | undefined): string[] {
  return (terms ?? []).some(hasUnknownNamespaces)
    ? ['it wants to be beside, or away from, pods of namespaces by their labels']
    : [];
}

function hasUnknownNamespaces({ namespaceSelector: selector }: Wire<V1PodAffinityTerm>): boolean {
  return Object.keys(selector?.matchLabels ?? {}).length + (selector?.matchExpressions ?? []).length > 0;
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/ */
export function spreadViews(
  constraints: readonly Wire<V1TopologySpreadConstraint>[] | undefined,
  podLabels: Readonly<Record<string, string>>,
): SpreadView[] {
  return (constraints ?? [])
    .filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule')
    .map((constraint) => {
      const selector = selectorView(constraint.labelSelector);
      const shared = (constraint.matchLabelKeys ?? []).filter((key) => podLabels[key] !== undefined);
      const added = Object.fromEntries(shared.map((key) => [key, podLabels[key] ?? '']));
      return {
        topologyKey: constraint.topologyKey,
        maxSkew: constraint.maxSkew,
        minDomains: constraint.minDomains ?? 1,
        selector: selector && { ...selector, matchLabels: { ...selector.matchLabels, ...added } },
        honorsAffinity: constraint.nodeAffinityPolicy !== 'Ignore',
        honorsTaints: constraint.nodeTaintsPolicy === 'Honor',
      };
    });
}

function selectorView(selector: Wire<V1LabelSelector> | undefined): LabelSelectorView | undefined {
  return (
    selector && {
      matchLabels: selector.matchLabels ?? {},
      matchExpressions: (selector.matchExpressions ?? []).map(({ key, operator, values }) => ({
        key,
        operator,
        values: values ?? [],
      })),
    }
  );
}
