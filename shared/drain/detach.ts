import type { JudgedPod } from '../lifecycle/decide.ts';
import { nextLookSeconds, quietMilliseconds } from '../lifecycle/next-look.ts';
import type { AttachmentView } from '../lifecycle/node.ts';
import { noteEntry } from '../lifecycle/report-draft.ts';
import type { ClusterPort } from '../ports.ts';
import { judge } from './judge.ts';
import type { MarkedNode } from './mark-node.ts';
import type { FactBook } from './pod-facts.ts';
import type { Session, Turn } from './session.ts';
import { inTrouble, readTrouble } from './trouble.ts';

const pollMilliseconds = 2_000;

export type Detached = { turn: Turn } | { arrived: true } | { attached: string[]; judged: JudgedPod[] };

/**
 * Step 6: volumes and load balancers, together and for ten minutes at most. VolumeAttachments may only be listed, so they are polled. Volumes
 * of pods that stay are theirs to keep; a node whose kubelet is silent never reports a detachment.
 */
export async function detach(
  session: Session,
  where: { cluster: ClusterPort; marked: MarkedNode; facts: FactBook },
): Promise<Detached> {
  const { ports, state, settings, budget, report } = session;
  const { cluster, marked, facts } = where;
  const { name } = marked.node;
  if (state.emptyAt === null) {
    state.emptyAt = ports.clock.now();
    noteEntry(report, 'empty', 'no evictable pod is left; waiting for volumes and load balancers', state.emptyAt);
  }
  const endsAt = Math.min(state.emptyAt + settings.policy.detachSeconds * 1000, marked.endsAt);
  let before: string | undefined;
  let changedAt = ports.clock.now();
  for (;;) {
    const pods = await cluster.listPods(name, budget.signal);
    if (!pods.ok)
      return { turn: inTrouble(session, readTrouble(pods.failure), `listing the pods of ${name}`, pods.failure) };
    const judged = await judge(session, marked, facts, pods.value.items);
    if (judged.some(({ verdict }) => verdict.kind === 'evict' || verdict.kind === 'wait')) {
      state.emptyAt = null;
      return { arrived: true };
    }
    const attached = [...(await volumesLeft(session, where, judged)), ...(await balancersLeft(session))];
    const now = ports.clock.now();
    if (attached.length === 0 || now >= endsAt) return { attached, judged };
    const text = attached.join(', ');
    if (text !== before) {
      noteEntry(report, 'attached', `still attached or registered: ${text}`, now);
      changedAt = now;
      state.progressAt = now;
      before = text;
    }
    if (session.hookLost) return again(5);
    if (now >= budget.endsAt) return again(1);
    if (now - changedAt >= quietMilliseconds) return again(nextLookSeconds(state.progressAt, [endsAt], now));
    await ports.clock.sleep(Math.min(pollMilliseconds, Math.max(1, endsAt - now)), budget.signal);

    function again(seconds: number): Detached {
      return { turn: { again: seconds, phase: 'detaching', text: `still attached or registered: ${text}` } };
    }
  }
}

async function volumesLeft(
  session: Session,
  { cluster, marked, facts }: { cluster: ClusterPort; marked: MarkedNode; facts: FactBook },
  judged: readonly JudgedPod[],
): Promise<string[]> {
  const { ports, settings, budget } = session;
  const { node } = marked;
  const silentFor = node.ready === 'Unknown' && node.readySince !== undefined ? ports.clock.now() - node.readySince : 0;
  if (session.instanceGone || silentFor >= settings.policy.nodeUnknownSeconds * 1000) return [];
  const answer = await cluster.listAttachments(budget.signal);
  if (!answer.ok) return [`unknown volumes (${answer.failure.message})`];
  const staying = new Set(judged.flatMap(({ pod }) => facts.volumesOf(pod)));
  return attachedVolumes(answer.value, node.name, staying);
}

/** Volumes attached to the node that nobody staying there uses. Inline volumes have no name and are not waited for. */
export function attachedVolumes(
  attachments: readonly AttachmentView[],
  nodeName: string,
  staying: ReadonlySet<string>,
): string[] {
  return attachments
    .filter((attachment) => attachment.nodeName === nodeName)
    .map(({ volumeName }) => volumeName)
    .filter((volume) => volume !== undefined)
    .filter((volume) => !staying.has(volume))
    .map((volume) => `volume ${volume}`);
}

/** A load balancer that cannot be asked is named as one that is not clear: nothing is completed early for want of an answer. */
async function balancersLeft({ ports, input, budget }: Session): Promise<string[]> {
  try {
    const registered = await ports.loadBalancers.stillRegistered(input.action.instanceId, budget.signal);
    return registered.map((name) => `load balancer ${name}`);
  } catch (error) {
    budget.signal.throwIfAborted();
    ports.log.warn('load balancers unknown', { error: String(error) });
    return ['unknown load balancers'];
  }
}
