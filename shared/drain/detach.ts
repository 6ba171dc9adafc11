import type { JudgedPod } from '../lifecycle/decide.ts';
import { nextLookSeconds, quietMilliseconds } from '../lifecycle/next-look.ts';
import { noteEntry } from '../lifecycle/report-draft.ts';
import { balancersLeft } from './balancers-left.ts';
import { deregisterNode } from './deregister-node.ts';
import type { DrainPlace } from './floor.ts';
import { judge } from './judge.ts';
import { lookAtNode } from './look-at-node.ts';
import { noteProgress } from './note-progress.ts';
import type { Session, Turn } from './session.ts';
import { timesOf } from './times.ts';
import { inTrouble, readTrouble } from './trouble.ts';
import { volumesLeft } from './volumes-left.ts';

const pollMilliseconds = 2_000;

export type Detached = { turn: Turn } | { arrived: true } | { attached: string[]; kept: string[]; judged: JudgedPod[] };

/**
 * Step 6: volumes and load balancers, together and for ten minutes at most. VolumeAttachments may only be listed, so they are polled. Volumes
 * of pods that stay are theirs to keep; a node whose kubelet is silent never reports a detachment.
 */
export async function detach(session: Session, place: DrainPlace): Promise<Detached> {
  const { ports, state, settings, limit, report } = session;
  const { cluster } = place;
  const { name } = place.marked.node;
  if (state.emptyAt === null) {
    state.emptyAt = ports.clock.now();
    noteEntry(report, 'empty', 'no evictable pod is left; waiting for volumes and load balancers', state.emptyAt);
  }
  const { emptyAt } = state;
  let takingOut: 'done' | 'failed' | undefined;
  let before: string | undefined;
  let changedAt = ports.clock.now();
  for (;;) {
    // Each time: an empty node that someone uncordoned fills again, and its status says what is attached.
    const stopped = await lookAtNode(session, place, true);
    if (stopped) return { turn: stopped };
    const { endsAt: drainEndsAt } = timesOf(session, place.marked.node.annotations);
    const endsAt = Math.min(emptyAt + settings.policy.detachSeconds * 1000, drainEndsAt);
    const pods = await cluster.listPods(name, limit.signal);
    if (!pods.ok)
      return { turn: inTrouble(session, readTrouble(pods.failure), `listing the pods of ${name}`, pods.failure) };
    const judged = await judge(session, place, pods.value.items);
    noteProgress(session, judged, ports.clock.now());
    if (judged.some(({ verdict }) => verdict.kind === 'evict' || verdict.kind === 'wait')) {
      state.emptyAt = null;
      return { arrived: true };
    }
    takingOut ??= await deregisterNode(session, place, judged, endsAt);
    const takenOutAt = takingOut === 'done' ? emptyAt : Number.POSITIVE_INFINITY;
    const [volumes, balancers] = await Promise.all([
      volumesLeft(session, place, judged),
      balancersLeft(session, place, judged, { takenOutAt, endsAt }),
    ]);
    const attached = [...volumes, ...balancers.left];
    const now = ports.clock.now();
    if (attached.length === 0 || now >= endsAt)
      return { attached: [...attached, ...balancers.unseen], kept: balancers.kept, judged };
    const text = attached.join(', ');
    if (text !== before) {
      noteAttached(session, `still attached or registered: ${text}`, now);
      changedAt = now;
      state.progressAt = now;
      before = text;
    }
    if (session.hookLost) return again(5);
    if (now >= limit.endsAt) return again(1);
    if (now - changedAt >= quietMilliseconds) return again(nextLookSeconds(state.progressAt, [endsAt], now));
    await ports.clock.sleep(Math.min(pollMilliseconds, Math.max(1, endsAt - now)), limit.signal);

    function again(seconds: number): Detached {
      return { turn: { again: seconds, phase: 'detaching', text: `still attached or registered: ${text}` } };
    }
  }
}

/** What an earlier tick told already need not be told again. */
function noteAttached({ report }: Session, text: string, now: number): void {
  if (report.timeline.findLast(({ what }) => what === 'attached')?.text === text) return;
  noteEntry(report, 'attached', text, now);
}
