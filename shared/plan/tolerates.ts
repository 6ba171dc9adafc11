import type { TolerationView } from '../lifecycle/daemon-set.ts';
import type { TaintView } from '../lifecycle/node.ts';

/** The taint that the node controller keeps on a cordoned node. */
export const cordonTaint: TaintView = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

/** Is the pod let onto a node with this taint? https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export function toleratesTaint(tolerations: readonly TolerationView[], taint: TaintView): boolean {
  if (taint.effect !== 'NoSchedule' && taint.effect !== 'NoExecute') return true;
  return tolerations.some(({ key = '', operator = 'Equal', value = '', effect = '' }) => {
    if (effect !== '' && effect !== taint.effect) return false;
    if (operator === 'Exists') return key === '' || key === taint.key;
    return operator === 'Equal' && key === taint.key && value === (taint.value ?? '');
  });
}
