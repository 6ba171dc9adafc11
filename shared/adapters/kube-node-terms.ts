import type { V1NodeSelector, V1NodeSelectorRequirement } from '@kubernetes/client-node';
import type { NodeExpression, NodeTerm } from '../lifecycle/daemon-set.ts';
import type { Wire } from './kube-wire.ts';

/** The terms of a required node affinity, of a pod or of a volume; undefined: none is asked for. */
export function nodeTermsView(selector: Wire<V1NodeSelector> | undefined): NodeTerm[] | undefined {
  return selector?.nodeSelectorTerms.map(({ matchExpressions = [], matchFields = [] }) => ({
    labels: matchExpressions.map(expressionView),
    names: matchFields.map(expressionView),
  }));
}

function expressionView({ key, operator, values = [] }: Wire<V1NodeSelectorRequirement>): NodeExpression {
  return { key, operator, values };
}
