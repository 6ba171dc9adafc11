import { beatWhile } from '../drain/beat-while.ts';
import type { TickLimit } from '../drain/session.ts';
import type { LaunchEnd, LaunchInput, LaunchOutput } from '../lifecycle/launch.ts';
import { readyEnd, toWarmPoolEnd } from '../lifecycle/launch-ends.ts';
import { withoutUsEnd } from '../lifecycle/launch-verify.ts';
import type { NodeView } from '../lifecycle/node.ts';
import { announceLaunch } from './announce.ts';
import { awaitReady } from './await-ready.ts';
import { closeLaunch } from './close-launch.ts';
import { complete } from './complete.ts';
import { giveUp } from './give-up.ts';
import { type LaunchPlace, placeOf } from './launch-place.ts';
import type { LaunchPorts, LaunchSettings } from './launch-ports.ts';
import { type LaunchSession, type LaunchTurn, openLaunch } from './launch-session.ts';
import { openCluster } from './open-cluster.ts';
import { prepareNode } from './prepare-node.ts';
import { type LaunchUnderWay, verify } from './verify.ts';

/**
 * One tick of a launch: observe, decide, act, then `done` or `again in N s`. Killing it anywhere and running it again is right: all that
 * matters is in Kubernetes and in Auto Scaling. Throws for what it cannot explain; the state machine tries again.
 */
export async function launchTick(
  input: LaunchInput,
  settings: LaunchSettings,
  ports: LaunchPorts,
  limit: TickLimit,
): Promise<LaunchOutput> {
  const session = openLaunch(input, settings, ports, limit);
  const verified = await verify(session);
  if ('turn' in verified) return closeLaunch(session, verified.turn);
  if (verified.to === 'warm-pool' && !settings.policy.joinBeforeWarmPool) {
    return closeLaunch(session, await complete(session, toWarmPoolEnd(input.action.instanceId, undefined)));
  }
  if (verified.inService) {
    const turn = await bringUp(session, verified);
    const why = 'the instance is in service already, completed by somebody else or by its timeout';
    return closeLaunch(session, 'end' in turn ? { end: withoutUsEnd(why, turn.end) } : turn);
  }
  return closeLaunch(session, await beatWhile(session, input.action, () => work(session, verified)));
}

/** Goes on when our action is lost while another hook holds the instance: its start-up taint would stay for good otherwise. */
async function work(session: LaunchSession, underWay: LaunchUnderWay): Promise<LaunchTurn> {
  const turn = await bringUp(session, underWay);
  return 'end' in turn ? complete(session, turn.end) : turn;
}

async function bringUp(session: LaunchSession, underWay: LaunchUnderWay): Promise<LaunchTurn> {
  const opened = await openCluster(session, underWay.group, underWay.hook);
  if ('turn' in opened) return opened.turn;
  const place = placeOf(session, underWay, opened);
  const awaited = await awaitReady(session, place);
  if ('turn' in awaited) return awaited.turn;
  if ('late' in awaited) {
    const turn = await giveUp(session, place, awaited.late);
    return 'end' in turn ? { end: tellNode(session, place, awaited.late.node, turn.end) } : turn;
  }
  const prepared = await prepareNode(session, place, awaited.ready);
  if ('turn' in prepared) return prepared.turn;
  const { node, notes } = prepared;
  const { instanceId } = session.input.action;
  const end = place.to === 'group' ? readyEnd(node.name, notes) : toWarmPoolEnd(instanceId, node.name);
  return { end: tellNode(session, place, node, end) };
}

function tellNode(
  session: LaunchSession,
  { cluster }: LaunchPlace,
  node: NodeView | undefined,
  end: LaunchEnd,
): LaunchEnd {
  if (!node) return end;
  const [type, reason] = end.alarm ? (['Warning', 'LaunchNeverReady'] as const) : (['Normal', 'LaunchReady'] as const);
  announceLaunch(session, cluster, node, type, reason, `${end.reason}: ${end.text}`);
  return end;
}
