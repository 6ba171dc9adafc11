import type { DrainRequest, NodeToDrain } from './drain-request.ts';
import type { NodeOutcome } from './outcome.ts';

/** As much of an Auto Scaling group as a drain may ask for at its end. Throws what it cannot explain. */
export interface EndInstancePort {
  /** `busy`: a scaling activity is in progress, ask again later. `gone`: Auto Scaling does not know the instance (any more). */
  terminate(
    instanceId: string,
    options: { decrement: boolean },
    signal: AbortSignal,
  ): Promise<'done' | 'busy' | 'gone'>;
}

const betweenMilliseconds = 10_000;
const mostTries = 30;

/** Asks Auto Scaling to end the instance of a drained node; its hook finishes the job. The drain stands whatever comes of that. */
export async function endInstance(
  request: Pick<DrainRequest, 'terminate'>,
  node: NodeToDrain,
  drained: NodeOutcome,
  ports: { groups: EndInstancePort; clock: { sleep(milliseconds: number, signal: AbortSignal): Promise<void> } },
  signal: AbortSignal,
): Promise<NodeOutcome> {
  for (let tries = 1; ; tries += 1) {
    const answer = await askToEnd(request, node, drained, { ...ports, isLast: tries === mostTries }, signal);
    if (answer !== 'busy') return answer;
    try {
      await ports.clock.sleep(betweenMilliseconds, signal);
    } catch (error) {
      return notEnded(drained, wordsOf(error));
    }
  }
}

/** Asks once; `busy`: ask again in ten seconds, unless it is the last time. */
export async function askToEnd(
  request: Pick<DrainRequest, 'terminate'>,
  node: NodeToDrain,
  drained: NodeOutcome,
  { groups, isLast }: { groups: EndInstancePort; isLast: boolean },
  signal: AbortSignal,
): Promise<NodeOutcome | 'busy'> {
  const reason = drained.end?.reason;
  if (!request.terminate || drained.outcome !== 'drained' || reason === 'no-node' || reason === 'handed-over')
    return drained;
  const { decrement } = request.terminate;
  try {
    const answer = await groups.terminate(node.instanceId, { decrement }, signal);
    if (answer === 'done') {
      const text = `${drained.text}; Auto Scaling ends ${node.instanceId}${decrement ? ' and keeps one less' : ''}`;
      return { ...drained, text, terminated: true };
    }
    if (answer === 'gone') return notEnded(drained, `Auto Scaling does not know ${node.instanceId}`);
    return isLast ? notEnded(drained, 'Auto Scaling is busy with the group for too long') : 'busy';
  } catch (error) {
    return notEnded(drained, wordsOf(error));
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function notEnded(drained: NodeOutcome, why: string): NodeOutcome {
  return { ...drained, outcome: 'failed', text: `${drained.text}; its instance is not ended: ${why}` };
}
