import type { ClusterPort } from '../cluster-port.ts';
import { handedOverEnd } from '../lifecycle/ends.ts';
import { deadlineAnnotation, type Mark, soonerDeadline } from '../lifecycle/mark.ts';
import type { NodeView } from '../lifecycle/node.ts';
import { iso, noteEntry } from '../lifecycle/report-draft.ts';
import type { Session, Turn } from './session.ts';
import { inTrouble, outOfTrouble } from './trouble.ts';

/** Two ends that are this near are the same. */
const nearMilliseconds = 5_000;
/** A drain that works looks at its node every ten seconds; one that sleeps may do so for two minutes, and one that died for ever. */
const patienceMilliseconds = 15_000;
/** Two functions' clocks do not differ by more. */
const skewMilliseconds = 1_000;

/**
 * Another drain has the node. A hook waits for it; a notice tells it when the instance goes, and takes the node over when it sleeps through
 * that, since two minutes' notice is as long as it may sleep. Where the instance is certain to go, a fresh mark is not enough, either: its
 * drain may have died. undefined: the node is ours to mark.
 */
export async function besideOther(
  session: Session,
  cluster: ClusterPort,
  node: NodeView,
  other: Mark,
): Promise<Turn | undefined> {
  const { ports, state, notice, limit, report } = session;
  const now = ports.clock.now();
  if (other.yields && (!notice || notice.certain)) return undefined;
  if (!notice) {
    outOfTrouble(session);
    return { again: 15, phase: 'waiting-for-other-drain', text: `${node.name} is being drained by ${other.execution}` };
  }
  const { goesAt, certain } = notice;
  const lives = !certain || (state.handedAt !== null && Date.parse(other.seenAt) >= state.handedAt - skewMilliseconds);
  if (goesAt === undefined || (lives && Date.parse(other.endsAt) <= goesAt + nearMilliseconds)) {
    return { end: handedOverEnd(node.name, other.execution, other.endsAt) };
  }
  const noted = soonerDeadline(node.annotations, Date.parse(other.startedAt));
  if (noted === undefined || noted > goesAt + nearMilliseconds) {
    const annotations = { [deadlineAnnotation]: iso(goesAt) };
    const patch = { metadata: { resourceVersion: node.resourceVersion, annotations } };
    const answer = await cluster.patchNode(node.name, patch, limit.signal);
    if (!answer.ok && answer.failure.code !== 409) {
      return inTrouble(session, 'mark-refused', `telling ${other.execution} of the sooner deadline`, answer.failure);
    }
    if (!answer.ok) return again(1);
    noteEntry(report, 'handed-over', `${other.execution} is told that ${notice.text}`, now);
  }
  state.handedAt ??= now;
  if (now - state.handedAt < patienceMilliseconds) return again(3);
  ports.log.warn('drain taken over', { node: node.name, from: other.execution });
  return undefined;

  function again(seconds: number): Turn {
    const text = `${other.execution} is to know that ${notice?.text}`;
    return { again: seconds, phase: 'waiting-for-other-drain', text };
  }
}
