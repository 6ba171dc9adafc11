import type { ClusterPort } from '../cluster-port.ts';
import type { ApiFailure } from '../lifecycle/api-failure.ts';
import { isClaimedByOther } from '../lifecycle/claim.ts';
import { type Mark, readMark, stopAnnotation, undoPatch } from '../lifecycle/mark.ts';
import type { NodeView } from '../lifecycle/node.ts';
import type { Clock } from '../ports.ts';
import { patchFresh } from './patch-node.ts';

/**
 * `told`: a drain at work stops at its next look, and takes its marks back unless its instance goes anyway. `undone`: no drain is at work,
 * our marks are taken back. `not-marked`: there is nothing of ours.
 */
export type StopAnswer =
  | { node: string; result: 'told' | 'undone'; drain: string; hook: boolean }
  | { node: string; result: 'not-marked' }
  | { node: string; result: 'refused'; failure: ApiFailure };

/** Stops the drain of a node, or what one has left; `hook`: what is to become of the lifecycle action of one that a hook waits for. */
export async function stopDrain(
  name: string,
  hook: 'complete' | 'wait',
  { cluster, clock }: { cluster: Pick<ClusterPort, 'getNode' | 'patchNode'>; clock: Clock },
  signal: AbortSignal,
): Promise<StopAnswer> {
  let found: { mark: Mark; works: boolean } | undefined;
  const patchOf = (node: NodeView) => {
    const mark = readMark(node.annotations);
    found = mark && { mark, works: isAtWork(mark, clock.now()) };
    if (!found) return undefined;
    if (!found.works) return undoPatch(node);
    return { metadata: { annotations: { [stopAnnotation]: hook } } };
  };
  const result = await patchFresh(cluster, name, patchOf, signal);
  if ('failure' in result) return { node: name, result: 'refused', failure: result.failure };
  if (!found) return { node: name, result: 'not-marked' };
  const { mark, works } = found;
  return { node: name, result: works ? 'told' : 'undone', drain: mark.drain, hook: mark.yields === undefined };
}

/** One that has begun or is about to, has not ended, and gave a sign lately. */
function isAtWork(mark: Mark, now: number): boolean {
  return (mark.queued === undefined || mark.begins === true) && isClaimedByOther(mark, '', now);
}
