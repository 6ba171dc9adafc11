import type { NodeToDrain } from './drain-request.ts';
import type { NodeOutcome } from './outcome.ts';
import type { Wave } from './waves.ts';

/**
 * Drains wave after wave, never more than so many nodes at once. Once a node has failed, or `stop` says so, no other begins; those under way
 * go on to their end.
 */
export async function runWaves(
  waves: readonly Wave[],
  most: number,
  drain: (node: NodeToDrain) => Promise<NodeOutcome>,
  stop: () => boolean = () => false,
): Promise<NodeOutcome[]> {
  const outcomes: NodeOutcome[] = [];
  const isOver = () => stop() || outcomes.some(({ outcome }) => outcome !== 'drained');
  for (const { nodes } of waves) {
    const waiting = [...nodes];
    const work = async () => {
      for (let node = next(); node; node = next()) outcomes.push(await drain(node));
    };
    const next = () => (isOver() ? undefined : waiting.shift());
    await Promise.all(Array.from({ length: most }, work));
  }
  return outcomes;
}
