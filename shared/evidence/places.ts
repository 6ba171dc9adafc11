import type { DrainReport } from '../lifecycle/report.ts';
import { type AuditEvent, nameOf, objectAt, succeeded, textAt } from './audit-event.ts';

interface Place {
  uid: string;
  node: string;
  /** When it was seen there: a binding before all else, a delete after. */
  at: number;
}

/** Where pods are, by what the log says of them, and a report. */
export interface Places {
  /** undefined: nothing says where. */
  nodeOf(event: AuditEvent): string | undefined;
  /** UID of the pod that a request is about, where it can be known. */
  uidOf(event: AuditEvent): string | undefined;
}

const kubelet = /^system:node:(?<node>.+)$/;

/**
 * Evictions name no node. Where a pod was is said by its binding, by its kubelet, which deletes it at the end, by the answer to a delete,
 * which is the pod, and by a drain's report. A name may be that of several pods, one after the other; a UID is not.
 */
export function placesOf(events: readonly AuditEvent[], report: DrainReport | undefined): Places {
  const byUid = new Map<string, string>();
  const byName = Map.groupBy(
    events.flatMap((event) => placeIn(event)),
    ({ name }) => name,
  );
  for (const { place } of [...byName.values()].flat()) if (place.uid !== '') byUid.set(place.uid, place.node);
  const { node } = report ?? {};
  if (report && node !== undefined) for (const { uid } of report.pods) byUid.set(uid, node);

  const near = (event: AuditEvent): Place | undefined => {
    const all = (byName.get(nameOf(event)) ?? []).map(({ place }) => place).sort((a, b) => a.at - b.at);
    return all.findLast(({ at }) => at <= event.at) ?? all[0];
  };
  const uidOf = (event: AuditEvent) => uidIn(event) || near(event)?.uid || uidInReport(event, report);
  return {
    uidOf,
    nodeOf: (event) => {
      const uid = uidIn(event);
      if (uid !== '' && byUid.has(uid)) return byUid.get(uid);
      const place = uid === '' ? near(event) : undefined;
      return place?.node ?? byUid.get(uidOf(event) ?? '');
    },
  };
}

function placeIn(event: AuditEvent): { name: string; place: Place }[] {
  if (event.resource !== 'pods' || !succeeded(event)) return [];
  const say = (node: string, uid: string) =>
    node === '' ? [] : [{ name: nameOf(event), place: { uid, node, at: event.at } }];
  if (event.subresource === 'binding')
    return say(textAt(objectAt(event.request, 'target'), 'name'), textAt(objectAt(event.request, 'metadata'), 'uid'));
  if (event.subresource !== '' || event.verb !== 'delete') return [];
  const told = textAt(objectAt(event.response, 'spec'), 'nodeName');
  return say(told || (kubelet.exec(event.user)?.groups?.node ?? ''), uidIn(event));
}

/** Of the request's own words, or of the pod that it was answered with. */
function uidIn({ request, response }: AuditEvent): string {
  const options = objectAt(request, 'deleteOptions') ?? request;
  const asked = textAt(objectAt(options, 'preconditions'), 'uid');
  return asked || (textAt(response, 'kind') === 'Pod' ? textAt(objectAt(response, 'metadata'), 'uid') : '');
}

function uidInReport(event: AuditEvent, report: DrainReport | undefined): string | undefined {
  const all = report?.pods.filter(({ namespace, name }) => `${namespace}/${name}` === nameOf(event)) ?? [];
  const asked = all.filter(({ goneAt }) => goneAt === undefined || event.receivedAt <= Date.parse(goneAt));
  return (asked[0] ?? all.at(-1))?.uid;
}
