import { cutText } from './cut-text.ts';
import { type DaemonSetView, repellingTaints, wantsNode } from './daemon-set.ts';
import type { NodeTemplate } from './launch-template.ts';
import type { NodeView } from './node.ts';
import type { PodView } from './pod.ts';

/** A DaemonSet that is required and exists. */
export interface RequiredSet {
  /** `namespace/name`. */
  name: string;
  view: DaemonSetView;
}

/** A required DaemonSet, and what it has on the node. */
export interface SetOnNode {
  name: string;
  /** One that is Ready, or else the youngest; never one that is about to go. */
  pod: PodView | undefined;
  /** Taints of the node that keep its pods away. */
  repelledBy: readonly string[];
}

/**
 * Those that want a pod on the node, as it is now. One that the group's own taints keep away is none of them: they are there to stay.
 */
export function setsOnNode(
  node: NodeView,
  pods: readonly PodView[],
  required: readonly RequiredSet[],
  template: Pick<NodeTemplate, 'taints'>,
): SetOnNode[] {
  return required
    .filter(({ view }) => wantsNode(view, node) && repellingTaints(view, template).length === 0)
    .map(({ name, view }) => ({ name, pod: podOf(view, pods), repelledBy: repellingTaints(view, node) }));
}

function podOf({ uid }: DaemonSetView, pods: readonly PodView[]): PodView | undefined {
  const [best] = pods
    .filter(({ controller, deletionAt }) => controller?.uid === uid && deletionAt === undefined)
    .toSorted((a, b) => Number(b.ready) - Number(a.ready) || b.createdAt - a.createdAt);
  return best;
}

/** What keeps the node from taking work, in one line; undefined: nothing does. */
export function whatIsMissing(node: NodeView, sets: readonly SetOnNode[]): string | undefined {
  const waits = [
    ...(node.ready === 'True' ? [] : [`Node ${node.name} is ${sayReady(node)}`]),
    ...sets.filter(({ pod }) => !pod?.ready).map(sayPod),
  ];
  return waits.length > 0 ? waits.join('; ') : undefined;
}

export function sayReady({ ready, readyReason, readyMessage }: NodeView): string {
  const why = [readyReason, readyMessage].filter((part) => part !== undefined).join(': ');
  const state = ready === 'True' ? 'Ready' : ready === 'False' ? 'NotReady' : 'Ready=Unknown';
  return why === '' ? state : `${state} (${cutText(why)})`;
}

export function sayPod({ name, pod, repelledBy }: SetOnNode): string {
  if (!pod) return `${name} has no pod on it${repelledBy.length > 0 ? `, kept away by ${repelledBy.join(', ')}` : ''}`;
  const { waiting, phase } = pod;
  const why = waiting ? `${waiting.container}: ${waiting.reason}` : phase === 'Running' ? 'not ready' : phase;
  return `pod ${pod.namespace}/${pod.name} of ${name} is not ready (${why})`;
}
