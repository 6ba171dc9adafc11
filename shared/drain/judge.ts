import { classifyPod } from '../lifecycle/classify-pod.ts';
import type { JudgedPod } from '../lifecycle/decide.ts';
import type { PodView } from '../lifecycle/pod.ts';
import type { MarkedNode } from './mark-node.ts';
import type { FactBook } from './pod-facts.ts';
import type { Session } from './session.ts';

/** Verdicts on all pods of the node, as things stand. */
export async function judge(
  session: Session,
  marked: MarkedNode,
  facts: FactBook,
  pods: readonly PodView[],
): Promise<JudgedPod[]> {
  await facts.learn(pods, session.budget.signal);
  const { policy } = session.settings;
  const now = session.ports.clock.now();
  const settledAt = settledAtOf(session, marked);
  return pods.map((pod) => {
    const known = { ...facts.of(pod), node: marked.node, instanceGone: session.instanceGone, settledAt };
    return { pod, verdict: classifyPod(pod, known, policy, now) };
  });
}

/**
 * Cordon plus settle time, epoch milliseconds, on the next whole second: creation times are cut to seconds, and a replacement must
 * never look older than the eviction that caused it.
 */
export function settledAtOf(session: Session, { mark }: MarkedNode): number {
  return Math.ceil(Date.parse(mark.markedAt) / 1000 + session.settings.policy.settleSeconds) * 1000;
}
