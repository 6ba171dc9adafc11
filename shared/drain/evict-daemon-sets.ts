import type { JudgedPod } from '../lifecycle/decide.ts';
import type { EvictionOutcome } from '../lifecycle/eviction-answer.ts';
import { noteEntry } from '../lifecycle/report-draft.ts';
import { evictPod } from './evict-pod.ts';
import type { DrainPlace } from './floor.ts';
import { keepReport } from './keep-report.ts';
import type { Session } from './session.ts';
import { timesOf } from './times.ts';

const entry = 'daemonsets-last';
const mostWaitMilliseconds = 60_000;
const pollMilliseconds = 1_000;

/**
 * `daemonSets: evict-last`: each once, best effort, so that logs and metrics are flushed; their controllers may put them back. Answers
 * whether there were any: meanwhile others may have come.
 */
export async function evictDaemonSets(
  session: Session,
  { cluster, marked, share }: DrainPlace,
  judged: readonly JudgedPod[],
): Promise<boolean> {
  const { ports, report, limit } = session;
  const last = judged.filter(
    ({ pod, verdict }) => verdict.code === 'daemonset-evict-last' && pod.deletionAt === undefined,
  );
  if (last.length === 0 || report.timeline.some(({ what }) => what === entry)) return false;
  const startedAt = ports.clock.now();
  noteEntry(report, entry, 'the pods of DaemonSets go last', startedAt);
  await keepReport(session); // before: a tick that is run again is not to evict them again
  const outcomes: EvictionOutcome[] = [];
  for (let from = 0; from < last.length; from += share) {
    const some = last.slice(from, from + share);
    outcomes.push(...(await Promise.all(some.map(({ pod }) => evictPod(pod, {}, cluster, limit.signal)))));
  }
  for (const [index, { pod }] of last.entries()) {
    const outcome = outcomes[index];
    const accepted = outcome?.kind === 'accepted';
    const text = accepted
      ? 'evicted last: its DaemonSet may put it back'
      : `not evicted: ${outcome && 'text' in outcome ? outcome.text : outcome?.kind}`;
    noteEntry(report, accepted ? 'evicted' : 'refused', text, ports.clock.now(), pod);
  }
  const longestGrace = Math.max(...last.map(({ pod }) => pod.graceSeconds * 1000));
  const until = Math.min(
    startedAt + Math.min(longestGrace, mostWaitMilliseconds),
    timesOf(session, marked.node.annotations).endsAt,
    limit.endsAt,
  );
  const waitedFor = new Set(last.filter((_, index) => outcomes[index]?.kind === 'accepted').map(({ pod }) => pod.uid));
  while (waitedFor.size > 0 && ports.clock.now() < until) {
    await ports.clock.sleep(pollMilliseconds, limit.signal);
    const pods = await cluster.listPods(marked.node.name, limit.signal);
    if (!pods.ok) return true; // best effort: the hook is not held for it
    const here = new Set(pods.value.items.map(({ uid }) => uid));
    for (const uid of waitedFor) if (!here.has(uid)) waitedFor.delete(uid);
  }
  return true;
}
