import type { ClusterPort } from '../cluster-port.ts';
import { afterLook, afterReview, classifyEviction, type EvictionOutcome } from '../lifecycle/eviction-answer.ts';
import type { PodView } from '../lifecycle/pod.ts';

/** One eviction, or one delete where budgets are not to be asked, with the question that its answer may raise: is the pod still the one we meant, have we the right? */
export async function evictPod(
  pod: PodView,
  { graceSeconds, dryRun = false }: { graceSeconds?: number | undefined; dryRun?: boolean },
  cluster: ClusterPort,
  signal: AbortSignal,
  disableEviction = false,
): Promise<EvictionOutcome> {
  const options = { ...(graceSeconds === undefined ? {} : { graceSeconds }), ...(dryRun ? { dryRun } : {}) };
  const answer = disableEviction
    ? await cluster.deletePod(pod, { ...options, graceSeconds: Math.max(1, graceSeconds ?? pod.graceSeconds) }, signal)
    : await cluster.evictPod(pod, options, signal);
  const read = classifyEviction(answer);
  if ('settled' in read) return read.settled;
  if ('look' in read) return afterLook(read.look, pod, await cluster.getPod(pod, signal));
  const { namespace } = pod;
  const question = disableEviction
    ? { verb: 'delete', group: '', resource: 'pods', namespace }
    : { verb: 'create', group: '', resource: 'pods', subresource: 'eviction', namespace };
  const right = disableEviction ? 'delete pods' : 'create pods/eviction';
  return afterReview(read.review, await cluster.mayI(question, signal), right);
}
