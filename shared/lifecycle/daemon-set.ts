import type { NodeView } from './node.ts';

/** One DaemonSet: enough to tell whether it puts a pod on a node. */
export interface DaemonSetView {
  uid: string;
  nodeSelector: Readonly<Record<string, string>>;
  /** `requiredDuringSchedulingIgnoredDuringExecution`: one of these terms must hold. undefined: none is asked for. */
  nodeTerms: readonly NodeTerm[] | undefined;
  tolerations: readonly TolerationView[];
}

/** All of a term's expressions must hold; a term without any matches nothing. */
export interface NodeTerm {
  labels: readonly NodeExpression[];
  /** Only `metadata.name` is a field that can be asked for. */
  names: readonly NodeExpression[];
}

export interface NodeExpression {
  key: string;
  operator: string;
  values: readonly string[];
}

export interface TolerationView {
  key?: string;
  operator?: string;
  value?: string;
  effect?: string;
}

/**
 * Does the DaemonSet want a pod on the node, taints aside? https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/
 */
export function wantsNode(
  { nodeSelector, nodeTerms }: DaemonSetView,
  node: Pick<NodeView, 'name' | 'labels'>,
): boolean {
  const selected = Object.entries(nodeSelector).every(([key, value]) => node.labels[key] === value);
  return selected && (nodeTerms === undefined || nodeTerms.some((term) => holds(term, node)));
}

function holds({ labels, names }: NodeTerm, node: Pick<NodeView, 'name' | 'labels'>): boolean {
  return (
    labels.length + names.length > 0 &&
    labels.every((expression) => matches(expression, node.labels[expression.key])) &&
    names.every((expression) => matches(expression, node.name))
  );
}

function matches({ operator, values }: NodeExpression, value: string | undefined): boolean {
  const isNamed = values.some((each) => each === value);
  const [first] = values;
  switch (operator) {
    case 'In':
      return isNamed;
    case 'NotIn':
      return !isNamed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return Number(value) > Number(first);
    case 'Lt':
      return Number(value) < Number(first);
    default:
      return false;
  }
}

/** Taints that the node controller takes away again by itself. */
const passing =
  /^node\.kubernetes\.io\/(not-ready|unreachable|disk-pressure|memory-pressure|pid-pressure|unschedulable|network-unavailable)$/;

/** Taints of the node that keep pods of the DaemonSet from it. */
export function repellingTaints({ tolerations }: DaemonSetView, { taints }: Pick<NodeView, 'taints'>): string[] {
  return taints
    .filter(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute')
    .filter(({ key }) => !passing.test(key))
    .filter((taint) => !tolerations.some((toleration) => tolerates(toleration, taint)))
    .map(({ key, effect }) => `${key}:${effect}`);
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
function tolerates(toleration: TolerationView, taint: { key: string; value?: string; effect: string }): boolean {
  const { key = '', operator, value = '', effect = '' } = toleration;
  if (effect !== '' && effect !== taint.effect) return false;
  if (key === '') return operator === 'Exists';
  if (key !== taint.key) return false;
  return operator === 'Exists' || value === (taint.value ?? '');
}
