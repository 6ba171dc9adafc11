import type { ApiFailure } from '../lifecycle/api-failure.ts';
import { keptEnd, noteTaint } from '../lifecycle/launch-ends.ts';
import { launchPatch, leftMark } from '../lifecycle/launch-patch.ts';
import type { NodeView } from '../lifecycle/node.ts';
import { announceLaunch } from './announce.ts';
import { comeAgain, type LaunchPlace } from './launch-place.ts';
import type { LaunchSession, LaunchTurn } from './launch-session.ts';

const conflictTries = 5;

/**
 * Step 4: takes back what the drain of a return left, adds what the group's tags promise, and takes the start-up taint away, in one patch. On
 * the way into a warm pool the start-up taint stays: the instance is about to stop, and its next launch takes it away.
 */
export async function prepareNode(
  session: LaunchSession,
  place: LaunchPlace,
  ready: NodeView,
): Promise<{ turn: LaunchTurn } | { node: NodeView; notes: string[] }> {
  const { ports, state, input, limit } = session;
  const { cluster, template, to } = place;
  let node = ready;
  for (let tries = 0; tries < conflictTries; tries += 1) {
    const launch = { origin: input.action.origin, startedAt: state.startedAt };
    const mark = leftMark(node, launch, ports.clock.now());
    if (mark === 'wait')
      return notPrepared(session, place, node, 'marked-by-other', `${node.name} is still being drained`);
    const does = { undoMark: mark === 'undo', admitPods: to === 'group' };
    const patch = launchPatch(node, template, does);
    const notes = mark === 'leave' ? ['the marks of a drain that came later stay'] : [];
    if (!patch) return prepared(session, place, node, notes);
    const answer = await cluster.patchNode(node.name, patch.patch, limit.signal);
    if (answer.ok) {
      ports.log.info('node prepared', { node: node.name, changes: patch.changes });
      return prepared(session, place, answer.value, [...patch.changes, ...notes]);
    }
    if (answer.failure.code !== 409) return refused(session, place, node, answer.failure);
    const fresh = await cluster.getNode(node.name, limit.signal);
    if (!fresh.ok) return refused(session, place, node, fresh.failure);
    if (fresh.value.uid !== node.uid || fresh.value.ready !== 'True') return { turn: lookAnew(node.name) };
    node = fresh.value;
  }
  return notPrepared(session, place, node, 'node-not-prepared', `${node.name} changes faster than it can be patched`);
}

function prepared(session: LaunchSession, { cluster, template }: LaunchPlace, node: NodeView, notes: string[]) {
  const { problems } = template;
  if (problems.length === 0) return { node, notes };
  session.ports.log.warn('tags left out', { group: session.input.action.groupName, node: node.name, problems });
  announceLaunch(session, cluster, node, 'Warning', 'TagsLeftOut', problems.join('; '));
  return { node, notes: [...notes, `left out: ${problems.join('; ')}`] };
}

function refused(session: LaunchSession, place: LaunchPlace, node: NodeView, { code, message }: ApiFailure) {
  if (code === 404) return { turn: lookAnew(node.name) };
  const text = `patching ${node.name}: ${code === undefined ? '' : `HTTP ${code} `}${message}`;
  session.ports.log.warn('node not prepared', { node: node.name, error: text });
  return notPrepared(session, place, node, 'node-not-prepared', text);
}

function lookAnew(name: string): LaunchTurn {
  return { again: 1, phase: 'resolving', text: `${name} is no longer what it was` };
}

/** No fault of the instance: another one would fare no better. */
function notPrepared(
  session: LaunchSession,
  place: LaunchPlace,
  node: NodeView,
  code: string,
  text: string,
): { turn: LaunchTurn } {
  const turn = comeAgain(session, place, text);
  if (session.ports.clock.now() < place.deadlineAt) return { turn };
  return { turn: { end: noteTaint(keptEnd(code, `its node is ready, but ${text}`, place.hook), node) } };
}
