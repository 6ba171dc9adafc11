import type { ClusterPort } from '../cluster-port.ts';
import type { ApiFailure } from '../lifecycle/api-failure.ts';
import { drainAnnotation, readMark } from '../lifecycle/mark.ts';
import { drainId, type Session } from './session.ts';

const conflictTries = 5;
const mostNames = 50;

/**
 * Writes into the node's mark that a pod is about to be deleted past a refusal, or that this came to nothing. A mark that cannot be written
 * now is no reason to let the pod die with its instance: report and the pod's own Event tell of it, too.
 */
export async function markForced(
  session: Session,
  cluster: ClusterPort,
  nodeName: string,
  pod: string,
  told: 'forced' | 'not-forced',
): Promise<void> {
  const { ports, input, limit } = session;
  for (let tries = 0; tries < conflictTries; tries += 1) {
    const node = await cluster.getNode(nodeName, limit.signal);
    if (!node.ok) return notNoted(node.failure);
    const mark = readMark(node.value.annotations);
    if (mark?.drain !== drainId(input)) return;
    const others = (mark.forced ?? []).filter((name) => name !== pod);
    const forced = told === 'forced' ? [...others, pod].slice(-mostNames) : others;
    const annotations = { [drainAnnotation]: JSON.stringify({ ...mark, forced }) };
    const { resourceVersion } = node.value;
    const answer = await cluster.patchNode(nodeName, { metadata: { resourceVersion, annotations } }, limit.signal);
    if (answer.ok) return;
    if (answer.failure.code !== 409) return notNoted(answer.failure);
  }

  function notNoted({ code, message }: ApiFailure): void {
    if (code !== 404) ports.log.error('forced delete not noted on the node', { node: nodeName, pod, error: message });
  }
}
