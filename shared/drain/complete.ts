import type { ClusterPort } from '../cluster-port.ts';
import { type HookAction, isHookAction } from '../lifecycle/action.ts';
import type { ApiFailure } from '../lifecycle/api-failure.ts';
import type { End } from '../lifecycle/end.ts';
import { alreadyResolvedEnd } from '../lifecycle/ends.ts';
import { drainAnnotation, readMark, undoPatch } from '../lifecycle/mark.ts';
import { iso, noteEntry } from '../lifecycle/report-draft.ts';
import { hasReturned, isLeaving } from '../lifecycle/verify-action.ts';
import { announceOnNode } from './announce.ts';
import { keepReport } from './keep-report.ts';
import { drainId, type Session, type Turn } from './session.ts';
import { tellAutoScaling } from './tell-auto-scaling.ts';

/**
 * Step 7: tells Auto Scaling. The report is kept before that, so that a tick killed in between still knows how its drain ended. "No active
 * Lifecycle Action" is asked about: a lagging Auto Scaling gets another try, a resolved action is done.
 */
export async function complete(session: Session, given: End): Promise<Turn> {
  const { ports, report, limit } = session;
  const { action } = session.input;
  if (!isHookAction(action)) return { end: { ...given, completion: null } };
  if (given.completion === null) return given.code === 'wait' ? await stopped(session, action, given) : { end: given };
  const completion = session.retains ? 'CONTINUE' : given.completion;
  const end = completion === given.completion ? given : notAbandoned(session, given);
  report.end = end;
  noteEntry(report, 'completing', `${completion}: ${end.text}`, ports.clock.now());
  await keepReport(session);
  const answer = await tellAutoScaling(action, completion, limit.signal, ports);
  if (answer === 'accepted') {
    noteEntry(report, 'completed', `Auto Scaling goes on (${completion})`, ports.clock.now());
    return { end };
  }
  const instance = await ports.autoScaling.describeInstance(action.instanceId, limit.signal);
  const state = instance?.lifecycleState ?? 'gone';
  if (isLeaving(state)) {
    session.state.noActionSince ??= ports.clock.now();
    return { again: 5, phase: 'done', text: `Auto Scaling says ${state} but knows no active action yet` };
  }
  if (hasReturned(action, state)) {
    report.end = undefined;
    return undoNext(state);
  }
  return { end: alreadyResolvedEnd(`the instance is ${state}: somebody else completed the action, or it timed out`) };
}

/**
 * The group retains an instance whose termination is abandoned: it would go on costing, drained and out of every group.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-lifecycle-policy.html
 */
function notAbandoned({ ports, report }: Session, end: End): End {
  const text = 'completed with CONTINUE: the group retains an instance whose termination is abandoned';
  noteEntry(report, 'not-abandoned', text, ports.clock.now());
  return { ...end, completion: 'CONTINUE', text: `${end.text}; ${text}` };
}

/** The marks stay with an instance that waits for its hook's timeout, not with one that is in service again. */
async function stopped({ ports, limit }: Session, action: HookAction, end: End): Promise<Turn> {
  const instance = await ports.autoScaling.describeInstance(action.instanceId, limit.signal);
  const state = instance?.lifecycleState ?? 'gone';
  return hasReturned(action, state) ? undoNext(state) : { end };
}

/** Nothing that we could say would count any more: another hook holds the instance, if it has not come back meanwhile. */
export async function withoutAction(session: Session, action: HookAction): Promise<Turn> {
  const text = 'our lifecycle action is no longer active; the instance waits for another hook';
  return stopped(session, action, alreadyResolvedEnd(text));
}

function undoNext(state: string): Turn {
  return { again: 1, phase: 'done', text: `the instance is ${state}: our marks are to be taken back` };
}

const conflictTries = 5;

/**
 * Tells a second hook's drain, and `kubectl describe node`, that this one is over, unless the node has another drain's mark by then. The node
 * is about to go: a failure is only logged.
 */
export async function signOff(session: Session, cluster: ClusterPort, nodeName: string, end: End): Promise<void> {
  const { ports, limit } = session;
  for (let tries = 1; ; tries += 1) {
    const node = await cluster.getNode(nodeName, limit.signal);
    if (!node.ok) return notNoted(node.failure);
    const type = end.alarm ? 'Warning' : 'Normal';
    if (tries === 1) announceOnNode(session, cluster, node.value, type, 'DrainEnded', `${end.reason}: ${end.text}`);
    const mark = readMark(node.value.annotations);
    if (mark?.drain !== drainId(session.input)) return;
    const ended = { ...mark, ended: end.reason, seenAt: iso(ports.clock.now()) };
    const annotations = { [drainAnnotation]: JSON.stringify(ended) };
    const { resourceVersion } = node.value;
    const answer = await cluster.patchNode(nodeName, { metadata: { resourceVersion, annotations } }, limit.signal);
    if (answer.ok) return;
    if (answer.failure.code !== 409 || tries === conflictTries) return notNoted(answer.failure);
  }

  function notNoted({ code, message }: ApiFailure): void {
    if (code !== 404) ports.log.warn('end not noted on the node', { node: nodeName, error: message });
  }
}

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
