import type { Budget, Pod } from '../../../sandbox/cluster/objects.ts';
import type { Drain, Forced } from '../drain.ts';
import type { Answered, Served } from '../journal.ts';
import type { Tick } from '../tick.ts';
import type { World } from '../world.ts';
import { budgetsOf, forceMomentOf, healthyBefore } from './facts.ts';

const turnMilliseconds = 300_000;
/** A request may take effect so much later than it was sent. */
const lateMilliseconds = 65_000;
/** A budget younger than this may not have been seen. */
const youngMilliseconds = 40_000;

const readMilliseconds = 60_000;

/** Remembers evictions that were refused: whatever says no, but not a cluster that is in trouble, in conflict or overloaded. */
export function noteRefusal({ tick, request, call, response, at }: Answered): void {
  if (call !== 'evicting a pod' || !response) return;
  const { message = '', details } = response.body as { message?: string; details?: { causes?: { reason?: string }[] } };
  if (
    !isRefusal(response.status, message, details?.causes?.some(({ reason }) => reason === 'DisruptionBudget') ?? false)
  )
    return;
  const uid =
    (request.body as { deleteOptions?: { preconditions?: { uid?: string } } }).deleteOptions?.preconditions?.uid ?? '';
  const { refusedAt } = tick.drain.seen;
  refusedAt.set(uid, [...(refusedAt.get(uid) ?? []), at]);
}

function isRefusal(status: number, message: string, byBudget: boolean): boolean {
  if (message.includes('admission webhook "')) return true;
  if (status === 429) return byBudget;
  if (status === 500) return /more than one PodDisruptionBudget|failed calling webhook/.test(message);
  return status >= 400 && status < 500 && ![404, 408, 409].includes(status);
}

/** A delete goes past budgets: only after a refusal past the force moment, and one pod for each budget at a time, over all drains. */
export function theForcedTookTheirTurn(world: World, { verb, resource, before, response, tick, at }: Served): void {
  if (verb !== 'delete' || resource !== 'pods' || response.status >= 300 || !before) return;
  const pod = before as Pod;
  const { uid, namespace, name, deletionTimestamp } = pod.metadata;
  const { seen } = tick.drain;
  const forceAt = forceMomentOf(world, tick.drain, pod);
  if (!seen.refusedAt.get(uid)?.some((refusedAt) => refusedAt >= forceAt)) {
    const text = `${tick.name} deletes ${name}, whose force moment is ${new Date(forceAt).toISOString()}`;
    world.journal.violate('a delete only after a refusal past the force moment', at, text);
  }
  forcedOnce(world, tick, uid, name, at);
  if (deletionTimestamp !== undefined || seen.forced.some((forced) => forced.uid === uid)) return;
  const budgets = budgetsOf(world, pod).filter(
    ({ metadata }) => at - Date.parse(metadata.creationTimestamp) >= youngMilliseconds,
  );
  for (const budget of budgets) {
    const { metadata } = budget;
    const reads = readsOf(tick.drain, metadata.uid, at);
    for (const before of earlier(world, metadata.uid)) {
      if (before.uid === uid || at - before.at >= turnMilliseconds - lateMilliseconds) continue;
      const needed = before.budgets.find((budget) => budget.uid === metadata.uid)?.healthyBefore ?? 0;
      const healthy = Math.max(healthyBefore(world, budget, pod), ...reads);
      const gone = !world.cluster.list('pods').some((each) => each.metadata.uid === before.uid);
      if (gone && healthy >= needed) continue;
      const text = `${tick.name} deletes ${name} past ${metadata.name} ${(at - before.at) / 1000} s after ${before.name}, ${healthy} of ${needed} healthy`;
      world.journal.violate('one pod for each budget at a time', at, text);
    }
  }
  const record = (budget: (typeof budgets)[number]) => ({
    uid: budget.metadata.uid,
    healthyBefore: Math.min(
      healthyBefore(world, budget, pod),
      budget.status.currentHealthy,
      ...readsOf(tick.drain, budget.metadata.uid, at),
    ),
  });
  seen.forced.push({ at, tick, uid, name: `${namespace}/${name}`, budgets: budgets.map(record) });
}

/** Whom one drain of a node has deleted, another that begins to look after that does not delete again: it shortens its grace by an eviction. */
function forcedOnce({ drains, journal }: World, tick: Tick, uid: string, name: string, at: number): void {
  for (const { seen } of drains.filter((drain) => drain !== tick.drain)) {
    const before = seen.forced.find((forced) => forced.uid === uid && forced.at < tick.startedAt);
    if (before)
      journal.violate('nobody is forced twice', at, `${tick.name} deletes ${name} again after ${before.tick.name}`);
  }
}

/** A drain can only go by what it has read, which is true a moment later no more. */
function readsOf({ seen }: Drain, budgetUid: string, at: number): number[] {
  return seen.healthyReads
    .filter((read) => read.budget === budgetUid && at - read.at < readMilliseconds)
    .map(({ healthy }) => healthy);
}

export function noteHealthy({ resource, verb, response, tick, at }: Served): void {
  if (resource !== 'poddisruptionbudgets' || verb !== 'list' || response.status !== 200) return;
  for (const { metadata, status } of (response.body as { items: Budget[] }).items) {
    tick.drain.seen.healthyReads.push({ at, budget: metadata.uid, healthy: status?.currentHealthy ?? 0 });
  }
}

function earlier({ drains }: World, budgetUid: string): Forced[] {
  return drains
    .flatMap(({ seen }) => seen.forced)
    .filter(({ budgets }) => budgets.some(({ uid }) => uid === budgetUid));
}

/**
 * Who was deleted past a budget is named in the report, in the Node's mark or in an Event, and the end says it. When all three are lost at
 * once, node deleted, reports failing and tick killed, the budget's Lease still names its last one.
 */
export function theForcedIsTold({ drains, reports, cluster, journal, clock }: World): void {
  const events = cluster.list('events') as unknown as { reason: string; involvedObject: { uid: string } }[];
  for (const { seen, result, nodeName } of drains) {
    for (const { uid, name } of seen.forced) {
      const inReport = [...reports.values()].some(({ pods }) => pods.some((pod) => pod.uid === uid && pod.forcedAt));
      const node = cluster.get('nodes', nodeName);
      const inMark = JSON.stringify(node?.metadata.annotations ?? {}).includes(name);
      const inEvent = events.some(
        ({ reason, involvedObject }) => reason === 'ForceDeleted' && involvedObject.uid === uid,
      );
      const inEnd = result?.done?.end.text.includes(name) ?? false;
      const inLease = !node && JSON.stringify(cluster.list('leases')).includes(uid);
      if (!inReport && !inMark && !inEvent && !inEnd && !inLease) {
        journal.violate('who is forced is told', clock.now(), `${name} of ${nodeName} is told of nowhere`);
      }
    }
    // Two ticks of one drain know of each other by the mark on their node alone.
    const known = cluster.get('nodes', nodeName) ? seen.forced : seen.forced.filter(({ tick }) => !isDouble(tick));
    if (known.length > 0 && result?.done?.end.reason === 'drained') {
      journal.violate(
        'who is forced is told',
        clock.now(),
        `the end of ${nodeName} says drained: ${result.done.end.text}`,
      );
    }
  }
}

function isDouble({ name }: Tick): boolean {
  return name.endsWith('(double)');
}
