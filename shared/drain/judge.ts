import { classifyPod } from '../lifecycle/classify-pod.ts';
import type { JudgedPod } from '../lifecycle/decide.ts';
import type { PodView } from '../lifecycle/pod.ts';
import type { PodRecord } from '../lifecycle/report.ts';
import type { MarkedNode } from './mark-node.ts';
import type { FactBook } from './pod-facts.ts';
import type { Session } from './session.ts';

/** Verdicts on all pods of the node, as things stand. */
export async function judge(
  session: Session,
  { marked, facts }: { marked: Pick<MarkedNode, 'node' | 'cordonedAt'>; facts: FactBook },
  pods: readonly PodView[],
): Promise<JudgedPod[]> {
  await facts.learn(pods, session.limit.signal);
  const { report, instanceGone, settings, ports } = session;
  const now = ports.clock.now();
  const settledAt = returningSince(session, marked);
  const evicted = report.pods.filter(wasEvicted);
  return pods.map((pod) => {
    const siblingEvicted = evicted.some(({ uid, controllerUid }) => uid !== pod.uid && isOf(pod, controllerUid));
    const known = { ...facts.of(pod), node: marked.node, instanceGone, settledAt, siblingEvicted };
    return { pod, verdict: classifyPod(pod, known, settings.policy, now) };
  });
}

/** The API server's clock may be behind ours: who comes back each time is to be known for it at once. */
const clockToleranceMilliseconds = 1_000;

/** From when on a creation time tells of a pod that came back; never the second of the cordon, in which others may have come before it. */
function returningSince(session: Session, marked: Pick<MarkedNode, 'cordonedAt'>): number {
  return Math.max(secondAfter(marked.cordonedAt), settledAtOf(session, marked) - clockToleranceMilliseconds);
}

function secondAfter(at: number): number {
  return (Math.floor(at / 1000) + 1) * 1000;
}

/** Also one that went after a request of ours that nobody answered: the server may have heard it, and who comes back goes on coming back. */
function wasEvicted({ evictedAt, forcedAt, goneAt, causes }: PodRecord): boolean {
  if (evictedAt !== undefined || forcedAt !== undefined) return true;
  return goneAt !== undefined && causes.some(({ code }) => code === 'trouble');
}

function isOf({ controller }: PodView, controllerUid: string | undefined): boolean {
  return controller !== undefined && controller.uid === controllerUid;
}

/**
 * Cordon plus settle time, epoch milliseconds, on the next whole second: creation times are cut to seconds, and a replacement must
 * never look older than the eviction that caused it. Without a settle time it is a second later, too.
 */
export function settledAtOf(
  { settings }: Pick<Session, 'settings'>,
  { cordonedAt }: Pick<MarkedNode, 'cordonedAt'>,
): number {
  return Math.max(Math.ceil(cordonedAt / 1000 + settings.policy.settleSeconds) * 1000, secondAfter(cordonedAt));
}
