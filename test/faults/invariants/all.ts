import type { KubeRequest } from '../../../shared/adapters/kube-transport.ts';
import type { Answered, ScalingCalled, Served } from '../journal.ts';
import { noteServed, short, stackOf } from '../note-served.ts';
import type { Onlooker } from '../stage.ts';
import type { Tick } from '../tick.ts';
import type { World } from '../world.ts';
import { completionIsLawful, noteLists } from './completion.ts';
import { noteHealthy, noteRefusal, theForcedIsTold, theForcedTookTheirTurn } from './forced.ts';
import { nodeIsLeftAsFound, nodePatchIsOurs } from './node.ts';
import { noticesEndAsTheyMay } from './notice-ends.ts';
import {
  nodeIsTakenOverInTurn,
  noteHolder,
  noticeDoesWhatItMay,
  noticeLeavesHooksAlone,
  oneDrainActs,
  soonerDeadlineCounts,
} from './notices.ts';
import { noteRemoval, podWriteIsLawful, writesAreOurs } from './pods.ts';
import { sendingIsLawful, settleSent } from './sending.ts';

export function onlooker(world: World): Onlooker<Tick> {
  return {
    sent: (tick, request, call) => onSent(world, tick, request, call),
    served: (served) => onServed(world, served),
    answered: (answered) => onAnswer(world, answered),
    scaled: (called) => onScaling(world, called),
  };
}

function onSent(world: World, tick: Tick, request: KubeRequest, call: string): void {
  sendingIsLawful(world, tick, request, call);
  oneDrainActs(world, tick, request, call);
}

function onServed(world: World, served: Served): void {
  if (served.verb !== 'get' && served.verb !== 'list') noteServed(world, served);
  writesAreOurs(world, served);
  podWriteIsLawful(world, served);
  theForcedTookTheirTurn(world, served);
  nodePatchIsOurs(world, served);
  noticeDoesWhatItMay(world, served);
  soonerDeadlineCounts(world, served);
  nodeIsTakenOverInTurn(world, served);
  noteRemoval(world, served);
  noteLists(served);
  noteHealthy(served);
}

function onAnswer(world: World, answered: Answered): void {
  settleSent(answered);
  if (answered.call === 'a lookup' && answered.response?.status !== 200)
    answered.tick.lookupFailed ||= !isGone(answered);
  noteRefusal(answered);
  noteHolder(answered);
  const { tick, request, call, response, at } = answered;
  if (response && response.status >= 200 && response.status < 300 && !isWrite(request)) {
    if (call === 'listing pods' && request.query?.fieldSelector) tick.drain.seen.listedAt = at;
  } else if (call !== 'writing an Event' && (!response || response.status >= 400)) {
    world.journal.note(
      at,
      `${tick.name} hears ${response?.status ?? 'nothing'} of ${request.method} ${short(request.path)}`,
    );
  }
}

function onScaling(world: World, called: ScalingCalled): void {
  noticeLeavesHooksAlone(world, called);
  const { tick, operation, result, at } = called;
  if (operation === 'completeAction' || result === 'no-active-action')
    world.journal.note(at, `${tick.name} calls ${operation}: ${result}`);
  if (operation === 'completeAction') completionIsLawful(world, called);
}

/** A tick ended with an error that no abort explains: only Auto Scaling may cause one. */
export function onThrown(world: World, tick: Tick, error: unknown): void {
  if (tick.excused) return;
  world.journal.violate(
    'a tick throws only for what it cannot explain',
    world.clock.now(),
    `${tick.name}: ${stackOf(error)}`,
  );
}

/** All drains are over, and all their ticks. */
export function onEnd(world: World): void {
  theForcedIsTold(world);
  nodeIsLeftAsFound(world);
  noticesEndAsTheyMay(world);
}

function isGone({ response }: Answered): boolean {
  return response?.status === 404;
}

function isWrite({ method }: KubeRequest): boolean {
  return method !== 'GET';
}
