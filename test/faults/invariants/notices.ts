import type { Node } from '../../../sandbox/cluster/objects.ts';
import type { KubeRequest } from '../../../shared/adapters/kube-transport.ts';
import type { Answered, ScalingCalled, Served } from '../journal.ts';
import { idOf, readMark } from '../marks.ts';
import type { Tick } from '../tick.ts';
import type { World } from '../world.ts';
import { deadlineOf, toleranceOf } from './facts.ts';

/** Requests that are on their way when a tick learns whose the node is; a turn of a budget is asked for meanwhile. */
const underWayMilliseconds = 60_000;

/** No notice has a hook to complete, or to keep waiting; and a group that keeps what is abandoned is never asked to abandon. */
export function noticeLeavesHooksAlone(world: World, { tick, operation, given, at }: ScalingCalled): void {
  const { journal, scenario } = world;
  if (tick.drain.notice && ['completeAction', 'recordHeartbeat'].includes(operation))
    journal.violate('no hook is completed by a notice', at, `${tick.name} calls ${operation}`);
  if (scenario.retains && operation === 'completeAction' && given === 'ABANDON')
    journal.violate('nothing retained is abandoned', at, `${tick.name} abandons an instance that its group keeps`);
}

/** What is not true, or only to be told of, touches nothing; and who may stay costs nobody a budget. */
export function noticeDoesWhatItMay(world: World, { tick, verb, resource, subresource, at, response }: Served): void {
  const { journal, policy } = world;
  const { notice, freshAt = 0, input } = tick.drain;
  if (!notice || ['get', 'list'].includes(verb) || resource === 'events' || response.status >= 300) return;
  const what = `${tick.name}: ${verb} ${resource}${subresource ? `/${subresource}` : ''}`;
  if (!notice.isTrue || notice.does === 'warn') journal.violate('a false notice touches nothing', at, what);
  if (notice.does === 'cordon' && resource === 'pods') journal.violate('a cordon leaves the pods', at, what);
  if (verb !== 'delete' || resource !== 'pods') return;
  const goesAt = input && 'at' in input.action && input.action.at ? Date.parse(input.action.at) : Number.NaN;
  const inTime = goesAt <= freshAt + policy.deadlineSeconds * 1000 + toleranceOf(world);
  if (notice.kind === 'rebalance' || (notice.kind === 'scheduled-change' && !inTime))
    journal.violate('who may stay forces nobody', at, what);
}

/** Remembers whose the node is, as the tick has heard last. */
const heardOther = new WeakMap<Tick, { at: number; drain: string }>();

export function noteHolder({ tick, request, response, at }: Answered): void {
  if (!response || response.status >= 300 || !/\/nodes(\/|$)/.test(request.path)) return;
  const body = response.body as Node & { items?: Node[] };
  const node = (body.items ?? [body]).find(({ metadata }) => metadata.name === tick.drain.nodeName);
  const mark = node && readMark(node);
  if (!mark) return;
  const isOther = mark.drain !== idOf(tick.drain) && mark.ended === undefined;
  if (!isOther || at - Date.parse(mark.seenAt) >= 590_000) heardOther.delete(tick);
  else if (!heardOther.has(tick)) heardOther.set(tick, { at, drain: mark.drain });
}

/** Of the drains of a node the one acts whose mark stands there: the others stop once they know. */
export function oneDrainActs({ journal, clock }: World, tick: Tick, request: KubeRequest, call: string): void {
  if (call !== 'evicting a pod' && call !== 'deleting a pod') return;
  const other = heardOther.get(tick);
  if (!other || clock.now() - Math.max(other.at, tick.frozenUntil) < underWayMilliseconds) return;
  const text = `${tick.name} sends ${request.method} ${request.path}, and knows of ${other.drain} on its node`;
  journal.violate('one drain acts', clock.now(), text);
}

/** A notice waits so long for the drain that it has told of its deadline. */
const patienceMilliseconds = 15_000;
const claimMilliseconds = 600_000;

/** Who takes a node from a drain that is alive: whoever is certain from one that yields, a hook at its end, a notice after its patience. */
export function nodeIsTakenOverInTurn(world: World, { resource, verb, before, response, tick, at }: Served): void {
  if (resource !== 'nodes' || verb !== 'patch' || response.status >= 300) return;
  const was = readMark(before as Node);
  const is = readMark(response.body as Node);
  const { drain } = tick;
  if (!was || was.ended || is?.drain !== idOf(drain) || was.drain === is.drain) return;
  const tolerance = toleranceOf(world);
  if (at - Date.parse(was.seenAt) >= claimMilliseconds - tolerance) return;
  const { notice, startedAt = 0 } = drain;
  const isCertain = !notice || ['spot-interruption', 'state-change'].includes(notice.kind);
  if (was.yields && isCertain) return;
  const waited = at - startedAt >= patienceMilliseconds - tolerance && notice?.kind !== 'rebalance';
  if (notice ? waited : at >= deadlineOf(world, drain)) return;
  world.journal.violate('a node is taken over in turn', at, `${tick.name} takes it from ${was.drain}`);
}

/** A drain that marks a node that tells of a sooner deadline takes it for its own, unless it is of a life before. */
export function soonerDeadlineCounts(world: World, { resource, verb, response, before, tick, at }: Served): void {
  if (resource !== 'nodes' || verb !== 'patch' || response.status >= 300) return;
  const node = response.body as Node;
  const mark = readMark(node);
  const was = readMark(before as Node);
  const noted = Date.parse(node.metadata.annotations?.['eks-node-lifecycle.io/deadline'] ?? '');
  if (!mark || Number.isNaN(noted) || mark.drain !== idOf(tick.drain) || mark.ended || mark.seenAt === was?.seenAt)
    return;
  for (const each of ['deadlineAt', 'endsAt'] as const) {
    if (Date.parse(mark[each]) <= noted || noted <= Date.parse(mark.startedAt)) continue;
    const text = `${tick.name} marks ${each} ${mark[each]}, and the node tells ${new Date(noted).toISOString()}`;
    world.journal.violate('the sooner deadline counts', at, text);
  }
}
