import { actorOf } from './actor.ts';
import { type AuditEvent, nameOf, objectAt, succeeded } from './audit-event.ts';
import type { DrainPicture, PodPicture } from './drain-picture.ts';
import { nodeChangeOf } from './node-patch.ts';
import type { Places } from './places.ts';

/** Who cleans up after pods, rather than drains: their deletes are no part of a drain. */
const cleaner =
  /^system:(?:node:|apiserver$|kube-|serviceaccount:kube-system:(?:replicaset|daemon-set|job|cronjob|statefulset|deployment|namespace|generic-garbage|pod-garbage|ttl)[a-z-]*)/;

/** What each actor did to drain the node, by the log alone; whoever came first comes first. */
export function picturesOf(events: readonly AuditEvent[], node: string, places: Places): DrainPicture[] {
  const here = events
    .filter((event) => !event.dryRun && isPartOfDrain(event, node, places))
    .toSorted((a, b) => a.receivedAt - b.receivedAt);
  const own = here.filter((event, index) => !isFinishing(event, here.slice(0, index), places));
  const byActor = Map.groupBy(own, (event) => {
    const { user, name } = actorOf(event);
    return JSON.stringify([user, name]);
  });
  return [...byActor.values()].map((all) => pictureOf(all, places)).sort((a, b) => a.firstAt - b.firstAt);
}

function isPartOfDrain(event: AuditEvent, node: string, places: Places): boolean {
  if (event.resource === 'nodes') {
    if (event.name !== node || !succeeded(event)) return false;
    const change = nodeChangeOf(event);
    return event.verb === 'delete' || change?.cordon !== undefined || change?.label !== undefined;
  }
  if (event.resource !== 'pods' || event.subresource === 'binding') return false;
  if (event.verb === 'delete' && cleaner.test(event.user)) return false;
  return places.nodeOf(event) === node;
}

/** A kubelet, of whatever name, takes the pod off without grace once its containers have ended. */
function isFinishing(event: AuditEvent, before: readonly AuditEvent[], places: Places): boolean {
  if (event.resource !== 'pods' || event.verb !== 'delete') return false;
  if (objectAt(event.request, 'deleteOptions') !== undefined || event.request?.gracePeriodSeconds !== 0) return false;
  const uid = places.uidOf(event);
  return before.some(
    (other) =>
      other.resource === 'pods' &&
      succeeded(other) &&
      nameOf(other) === nameOf(event) &&
      places.uidOf(other) === uid &&
      other.user !== event.user,
  );
}

function pictureOf(events: readonly AuditEvent[], places: Places): DrainPicture {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) throw new Error('a picture of nothing');
  const onNode = events.filter(({ resource }) => resource === 'nodes');
  const changed = (is: (change: NonNullable<ReturnType<typeof nodeChangeOf>>) => boolean) =>
    onNode.find((event) => {
      const change = nodeChangeOf(event);
      return change !== undefined && event.verb !== 'delete' && is(change);
    })?.at;
  const cordonedAt = changed(({ cordon }) => cordon === true);
  const uncordonedAt = changed(({ cordon }) => cordon === false);
  const labelledAt = changed(({ label }) => label === true);
  const nodeDeletedAt = onNode.find(({ verb }) => verb === 'delete')?.at;
  const ofPods = events.filter(({ resource }) => resource === 'pods');
  const byPod = Map.groupBy(ofPods, (event) => `${nameOf(event)} ${places.uidOf(event) ?? ''}`);
  return {
    actor: actorOf(first),
    source: 'log',
    firstAt: first.receivedAt,
    lastAt: last.at,
    ...(cordonedAt === undefined ? {} : { cordonedAt }),
    ...(uncordonedAt === undefined ? {} : { uncordonedAt }),
    ...(labelledAt === undefined ? {} : { labelledAt }),
    ...(nodeDeletedAt === undefined ? {} : { nodeDeletedAt }),
    pods: [...byPod.values()].map(podPicture),
  };
}

function podPicture(events: readonly AuditEvent[]): PodPicture {
  const evictions = events.filter(({ subresource }) => subresource === 'eviction');
  const evicted = evictions.find(succeeded);
  const refused = evictions.filter(({ code }) => code === 429 || code >= 500 || code === 403);
  const deleted = events.find((event) => event.subresource === '' && succeeded(event));
  const before = deleted && evictions.filter((event) => event.receivedAt <= deleted.receivedAt);
  const past = deleted && !evicted ? (before?.length ? 'refusal' : 'unasked') : undefined;
  const cause = refused.at(-1)?.cause;
  const codes = [...new Set(events.filter((event) => !succeeded(event)).map(({ code }) => code))];
  const [first, last] = [events[0], events.at(-1)];
  return {
    name: first ? nameOf(first) : '',
    tries: evictions.length,
    refused: refused.length,
    firstAt: first?.receivedAt ?? 0,
    lastAt: last?.at ?? 0,
    ...(evicted ? { evictedAt: evicted.at } : {}),
    ...(deleted ? { deletedAt: deleted.at } : {}),
    ...(past ? { past } : {}),
    ...(!evicted && !deleted && last?.code === 404 ? { isGone: true as const } : {}),
    codes,
    ...(cause === undefined ? {} : { cause }),
  };
}
