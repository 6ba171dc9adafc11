import { readMark } from '../lifecycle/mark.ts';
import type { DrainPlace } from './floor.ts';
import { markNode } from './mark-node.ts';
import type { Session, Turn } from './session.ts';

const everyMilliseconds = 10_000;

/**
 * While a tick works: has someone uncordoned the node, asked to stop, or noted a sooner deadline? Puts the marks back, heeds the rest.
 * A node that cannot be read now is looked at again next time; one that is gone has no say.
 */
export async function lookAtNode(session: Session, place: DrainPlace, now = false): Promise<Turn | undefined> {
  const { clock } = session.ports;
  if (!now && clock.now() - place.marked.lookedAt < everyMilliseconds) return undefined;
  const node = await place.cluster.getNode(place.marked.node.name, session.limit.signal);
  place.marked = { ...place.marked, lookedAt: clock.now() };
  if (!node.ok) {
    const { code, message } = node.failure;
    if (code === 404) place.marked.node = { ...place.marked.node, volumesAttached: [] };
    else session.ports.log.warn('node not read', { node: place.marked.node.name, error: message });
    return undefined;
  }
  // Another tick of this drain may have taken them back: the next one looks first whether the instance is still leaving.
  if (!readMark(node.value.annotations)) {
    return { again: 1, phase: 'marking', text: `someone took our marks from ${node.value.name}` };
  }
  const marked = await markNode(session, place.cluster, node.value);
  if ('turn' in marked) return marked.turn;
  place.marked = marked;
  return undefined;
}
