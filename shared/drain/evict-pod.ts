import type { ClusterPort } from '../cluster-port.ts';
import { afterLook, afterReview, classifyEviction, type EvictionOutcome } from '../lifecycle/eviction-answer.ts';
import type { PodView } from '../lifecycle/pod.ts';

/** One eviction, with the question that its answer may raise: is the pod still the one we meant, have we the right? */
export async function evictPod(
  pod: PodView,
  graceSeconds: number | undefined,
  cluster: ClusterPort,
  signal: AbortSignal,
): Promise<EvictionOutcome> {
  const options = graceSeconds === undefined ? {} : { graceSeconds };
  const read = classifyEviction(await cluster.evictPod(pod, options, signal));
  if ('settled' in read) return read.settled;
  if ('look' in read) return afterLook(read.look, pod, await cluster.getPod(pod, signal));
  const { namespace } = pod;
  const question = { verb: 'create', group: '', resource: 'pods', subresource: 'eviction', namespace };
  return afterReview(read.review, await cluster.mayI(question, signal));
}
