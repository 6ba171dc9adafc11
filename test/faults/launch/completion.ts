import type { Node } from '../../../sandbox/cluster/objects.ts';
import type { ScalingCalled } from '../journal.ts';
import { readyNode } from './heard.ts';
import { instanceId, nodeName } from './manifests.ts';
import { isUndoable } from './node.ts';
import { startUpTaint } from './scenario.ts';
import type { LaunchTick, LaunchWorld } from './world.ts';

/** What is heard while a request is on its way comes too late for it. */
const raceMilliseconds = 2_000;
/** An answer may be two minutes old, and what is looked at for a diagnosis takes its time. */
const silentMilliseconds = 150_000;
const mostAbandoned = 3;

/** When the launch may be given up at the earliest, and by when it is at the latest; epoch milliseconds. */
export function deadlinesOf({ scenario, policy, ticks, freshAt }: LaunchWorld): { first: number; last: number } {
  const timeout = Math.min(48 * 3600, 100 * scenario.hook.heartbeatSeconds);
  const seconds = Math.min(timeout, policy.deadlineSeconds) - policy.reserveSeconds;
  const tolerance = 2 * scenario.skewMilliseconds;
  return {
    first: (ticks[0]?.startedAt ?? 0) + seconds * 1000 - tolerance,
    last: freshAt + seconds * 1000 + tolerance,
  };
}

/** CONTINUE for a node that is ready as far as the tick knows, or late; ABANDON under all its guards; and both once. */
export function completionIsLawful(world: LaunchWorld, { tick, given, result, at }: ScalingCalled<LaunchTick>): void {
  const { journal, scenario, policy, accepted, ec2, answeredAt = 0 } = world;
  if (result !== 'accepted' || !given) return;
  const violate = (invariant: string, text: string) => journal.violate(invariant, at, `${tick.name}: ${text}`);
  if (accepted.length > 0) violate('completed once', 'again');
  accepted.push({ at, tick, given });
  const { knows, frozenUntil } = tick;
  const wasReady = at - Math.max(knows.unreadyAt ?? 0, frozenUntil) < raceMilliseconds && knows.unreadyAt !== undefined;
  const node = readyNode(knows);
  const isReady = node !== undefined || wasReady;
  const isLate = at >= deadlinesOf(world).first;
  if (given === 'CONTINUE') {
    const waitsForNobody = scenario.way === 'to-pool' && !policy.joinBeforeWarmPool;
    if (!waitsForNobody && !isReady && !isLate) violate('no CONTINUE before it is ready', 'neither ready nor late');
    if (!waitsForNobody && node && !isLate) nodeIsPrepared(world, node, violate);
    return;
  }
  if (isReady) violate('nothing ready is abandoned', 'its node is ready');
  if (ec2.get(instanceId) === 'terminated') return;
  if (!isLate) violate('no ABANDON before the deadline', 'too early');
  const { abandonedBefore } = scenario;
  if (abandonedBefore === 'unknown' || abandonedBefore >= mostAbandoned)
    violate('no ABANDON past its guards', `${abandonedBefore} were abandoned before`);
  if (at - Math.max(answeredAt, frozenUntil) > silentMilliseconds)
    violate('no ABANDON when the API is silent', `it answered last ${(at - answeredAt) / 1000} s ago`);
}

/** As the tick knows it, the node is what its group says. */
function nodeIsPrepared(world: LaunchWorld, node: Node, violate: (invariant: string, text: string) => void): void {
  const { scenario } = world;
  const { taints = [] } = node.spec;
  const lacks = [
    ...Object.entries(scenario.labels)
      .filter(([key, value]) => node.metadata.labels?.[key] !== value)
      .map(([key]) => `label ${key}`),
    ...scenario.taints
      .filter(
        ({ key, value, effect }) =>
          !taints.some((has) => has.key === key && has.value === value && has.effect === effect),
      )
      .map(({ key }) => `taint ${key}`),
  ];
  if (lacks.length > 0) violate('a ready node is what its group says', `it lacks ${lacks.join(', ')}`);
  const keeps = [
    scenario.way !== 'to-pool' && taints.some(({ key }) => key === startUpTaint.key) && 'its start-up taint',
    isUndoable(world, node, world.begin - 2 * scenario.skewMilliseconds) && 'the marks of its life before',
  ].filter(Boolean);
  if (keeps.length > 0) violate('a ready node is let in', `it keeps ${keeps.join(', ')}`);
}

/** What the execution says in the end is what was done, and nobody is left waiting or out. */
export function endSaysWhatWasDone(world: LaunchWorld): void {
  const { result, accepted, journal, scaling, clock, ec2, scenario, cluster, input } = world;
  const end = result?.done?.end;
  if (!end) return;
  const violate = (text: string) =>
    journal.violate('the end says what was done', clock.now(), `${end.reason}: ${text}`);
  const given = {
    ready: 'CONTINUE',
    'to-warm-pool': 'CONTINUE',
    'never-ready-kept': 'CONTINUE',
    'never-ready': 'ABANDON',
  }[end.reason as string];
  if (given && end.completion !== given) violate(`completes with ${end.completion}`);
  if (end.reason === 'ignored') violate(end.text);
  if (end.reason.startsWith('never-ready') && !end.alarm) violate('nobody is told');
  if (end.reason === 'instance-gone' && ec2.get(instanceId) !== 'terminated') violate('the instance runs');
  if (end.completion && accepted[0]?.given !== end.completion) violate(`Auto Scaling was told ${accepted[0]?.given}`);
  const { lifecycleState } = scaling.instance(instanceId) ?? {};
  if (lifecycleState?.endsWith(':Wait')) violate(`the instance is left in ${lifecycleState}`);
  if (scenario.events.length === 0 && accepted.length !== 1) violate(`completed ${accepted.length} times`);
  if (scenario.events.length === 0 && result.at > deadlinesOf(world).last + 60_000) violate('after its time');
  // One that came into service while it was worked on is still made ready for work.
  const node = cluster.get('nodes', nodeName);
  const begun = input.state?.clusterName;
  if (!begun || lifecycleState !== 'InService' || !node || end.alarm || end.reason === 'to-warm-pool') return;
  const changed = scenario.events.some(({ is }) => /^node-(deleted|flaps)|^pod-fails|^instance-dies/.test(is));
  if (!changed && node.spec.taints?.some(({ key }) => key === startUpTaint.key))
    violate('it is in service, and its start-up taint stays');
}
