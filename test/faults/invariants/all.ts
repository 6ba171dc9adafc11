import type { KubeRequest } from '../../../shared/adapters/kube-transport.ts';
import type { Answered, ScalingCalled, Served } from '../journal.ts';
import type { Tick } from '../tick.ts';
import type { World } from '../world.ts';
import { completionIsLawful, noteLists } from './completion.ts';
import { noteHealthy, noteRefusal, theForcedIsTold, theForcedTookTheirTurn } from './forced.ts';
import { nodeIsLeftAsFound, nodePatchIsOurs } from './node.ts';
import { noteRemoval, podWriteIsLawful, writesAreOurs } from './pods.ts';
import { sendingIsLawful, settleSent } from './sending.ts';

/** A tick sends a request. */
export function onSent(world: World, tick: Tick, request: KubeRequest, call: string): void {
  sendingIsLawful(world, tick, request, call);
}

/** The API server has done what a request asks, or refused it. */
export function onServed(world: World, served: Served): void {
  if (served.verb !== 'get' && served.verb !== 'list') tell(world, served);
  writesAreOurs(world, served);
  podWriteIsLawful(world, served);
  theForcedTookTheirTurn(world, served);
  nodePatchIsOurs(world, served);
  noteRemoval(world, served);
  noteLists(served);
  noteHealthy(served);
}

/** A tick has its answer, or none. */
export function onAnswer(world: World, answered: Answered): void {
  settleSent(answered);
  if (answered.call === 'a lookup' && answered.response?.status !== 200)
    answered.tick.lookupFailed ||= !isGone(answered);
  noteRefusal(answered);
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

/** Auto Scaling has answered. */
export function onScaling(world: World, called: ScalingCalled): void {
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
}

function tell({ journal }: World, { at, tick, request, response }: Served): void {
  if (request.path.includes('/events')) return;
  const body = request.body === undefined ? '' : ` ${JSON.stringify(request.body).slice(0, 300)}`;
  const said = response.status < 300 ? '' : `: ${(response.body as { message?: string }).message?.slice(0, 150)}`;
  journal.note(at, `${tick.name} ${request.method} ${short(request.path)}${body} → ${response.status}${said}`);
}

function isGone({ response }: Answered): boolean {
  return response?.status === 404;
}

function isWrite({ method }: KubeRequest): boolean {
  return method !== 'GET';
}

function short(path: string): string {
  return path.replace(/^\/apis?\/(?:[^/]+\/)?v1\//, '').replace('namespaces/', '');
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.stack}${error.cause === undefined ? '' : `\ncaused by ${stackOf(error.cause)}`}`;
}
