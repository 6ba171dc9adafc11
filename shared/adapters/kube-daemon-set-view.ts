import type { V1DaemonSet, V1NodeSelectorRequirement, V1NodeSelectorTerm, V1Toleration } from '@kubernetes/client-node';
import type { DaemonSetView, NodeExpression, NodeTerm, TolerationView } from '../lifecycle/daemon-set.ts';
import type { Wire } from './kube-wire.ts';

export function daemonSetView({ metadata, spec }: Wire<V1DaemonSet>): DaemonSetView {
  const pod = spec?.template?.spec;
  const required = pod?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return {
    uid: metadata?.uid ?? '',
    nodeSelector: pod?.nodeSelector ?? {},
    nodeTerms: required?.nodeSelectorTerms.map(termView),
    tolerations: (pod?.tolerations ?? []).map(tolerationView),
  };
}

function termView({ matchExpressions = [], matchFields = [] }: Wire<V1NodeSelectorTerm>): NodeTerm {
  return { labels: matchExpressions.map(expressionView), names: matchFields.map(expressionView) };
}

function expressionView({ key, operator, values = [] }: Wire<V1NodeSelectorRequirement>): NodeExpression {
  return { key, operator, values };
}

function tolerationView({ key, operator, value, effect }: Wire<V1Toleration>): TolerationView {
  return {
    ...(key ? { key } : {}),
    ...(operator ? { operator } : {}),
    ...(value ? { value } : {}),
    ...(effect ? { effect } : {}),
  };
}
