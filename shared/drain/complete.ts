import type { ClusterPort } from '../cluster-port.ts';
import type { ApiFailure } from '../lifecycle/api-failure.ts';
import type { End } from '../lifecycle/end.ts';
import { alreadyResolvedEnd } from '../lifecycle/ends.ts';
import { drainAnnotation, readMark, undoPatch } from '../lifecycle/mark.ts';
import { iso, noteEntry } from '../lifecycle/report-draft.ts';
import { hasReturned, isLeaving } from '../lifecycle/verify-action.ts';
import { announceOnNode } from './announce.ts';
import { keepReport } from './keep-report.ts';
import { drainId, type Session, type Turn } from './session.ts';

/**
 * Step 7: tells Auto Scaling. The report is kept before that, so that a tick killed in between still knows how its drain ended. "No active
 * Lifecycle Action" is asked about: a lagging Auto Scaling gets another try, a resolved action is done.
 */
export async function complete(session: Session, end: End): Promise<Turn> {
  const { ports, input, report, limit } = session;
  if (end.completion === null) return end.code === 'wait' ? await stopped(session, end) : { end };
  report.end = end;
  noteEntry(report, 'completing', `${end.completion}: ${end.text}`, ports.clock.now());
  await keepReport(session);
  const answer = await ports.autoScaling.completeAction(input.action, end.completion, limit.signal);
  if (answer === 'accepted') {
    noteEntry(report, 'completed', `Auto Scaling goes on (${end.completion})`, ports.clock.now());
    return { end };
  }
  const instance = await ports.autoScaling.describeInstance(input.action.instanceId, limit.signal);
  const state = instance?.lifecycleState ?? 'gone';
  if (isLeaving(state)) {
    session.state.noActionSince ??= ports.clock.now();
    return { again: 5, phase: 'done', text: `Auto Scaling says ${state} but knows no active action yet` };
  }
  if (hasReturned(input.action, state)) {
    report.end = undefined;
    return undoNext(state);
  }
  return { end: alreadyResolvedEnd(`the instance is ${state}: somebody else completed the action, or it timed out`) };
}

/** The marks stay with an instance that waits for its hook's timeout, not with one that is in service again. */
async function stopped({ ports, input, limit }: Session, end: End): Promise<Turn> {
  const instance = await ports.autoScaling.describeInstance(input.action.instanceId, limit.signal);
  const state = instance?.lifecycleState ?? 'gone';
  return hasReturned(input.action, state) ? undoNext(state) : { end };
}

function undoNext(state: string): Turn {
  return { again: 1, phase: 'done', text: `the instance is ${state}: our marks are to be taken back` };
}

/** Auto Scaling may lag behind its own event, but not for so long. */
const lagMilliseconds = 60_000;

/** Our action is no longer active although the instance still waits: for another hook, whose drain waits for ours to end. */
export function isHookLost({ state, ports }: Session): boolean {
  return state.noActionSince !== null && ports.clock.now() - state.noActionSince >= lagMilliseconds;
}

/** Tells a second hook's drain, and `kubectl describe node`, that this one is over. The node is about to go: a failure is only logged. */
export async function signOff(session: Session, cluster: ClusterPort, nodeName: string, end: End): Promise<void> {
  const { ports, limit } = session;
  const node = await cluster.getNode(nodeName, limit.signal);
  if (!node.ok) {
    notNoted(node.failure);
    return;
  }
  announceOnNode(
    session,
    cluster,
    node.value,
    end.alarm ? 'Warning' : 'Normal',
    'DrainEnded',
    `${end.reason}: ${end.text}`,
  );
  const mark = readMark(node.value.annotations);
  if (mark?.drain !== drainId(session.input)) return;
  const ended = { ...mark, ended: end.reason, seenAt: iso(ports.clock.now()) };
  const answer = await cluster.patchNode(
    nodeName,
    { metadata: { annotations: { [drainAnnotation]: JSON.stringify(ended) } } },
    limit.signal,
  );
  if (!answer.ok) notNoted(answer.failure);

  function notNoted({ code, message }: ApiFailure): void {
    if (code !== 404) ports.log.warn('end not noted on the node', { node: nodeName, error: message });
  }
}

const conflictTries = 5;

/** Takes back our marks, and only ours. Answers what stands in the way, if anything does. */
export async function undoMarks(session: Session, cluster: ClusterPort, nodeName: string): Promise<string | undefined> {
  const { ports, report, limit } = session;
  for (let tries = 0; tries < conflictTries; tries += 1) {
    const node = await cluster.getNode(nodeName, limit.signal);
    if (!node.ok) return node.failure.code === 404 ? undefined : node.failure.message;
    if (readMark(node.value.annotations)?.drain !== drainId(session.input)) return undefined;
    const patch = undoPatch(node.value);
    if (!patch) return undefined;
    const answer = await cluster.patchNode(nodeName, patch, limit.signal);
    if (answer.ok) {
      noteEntry(report, 'undone', 'our label, cordon and annotations are taken back', ports.clock.now());
      return undefined;
    }
    if (answer.failure.code !== 409) return answer.failure.message;
  }
  return `${nodeName} changes faster than it can be patched`;
}
