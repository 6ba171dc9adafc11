import { type AuditEvent, nameOf } from './audit-event.ts';
import type { Claim } from './claim.ts';

/** Which event shows which claim. An event shows one claim at most. */
export interface Matching {
  pairs: Map<Claim, AuditEvent>;
  /** Claims without one, with the event that comes nearest: answered otherwise, or at another time. */
  unmatched: { claim: Claim; near: Near | undefined }[];
  left: AuditEvent[];
}

export interface Near {
  event: AuditEvent;
  why: 'other-code' | 'other-time' | 'other-verb';
}

/** May the event show such a claim? A turn is a Lease named after the UID of its budget, which a report does not know. */
export function isOfKind(event: AuditEvent, { kind, about, uid }: Claim, uidOfEvent: string | undefined): boolean {
  if (kind === 'turn') return event.resource === 'leases' && event.name.startsWith('pdb-');
  if (nameOf(event) !== about) return false;
  if (kind === 'marked' || kind === 'undone') return event.resource === 'nodes' && event.verb !== 'delete';
  if (kind === 'restarted') return event.resource === 'deployments' && event.verb === 'patch';
  if (event.resource !== 'pods' || (uidOfEvent !== undefined && uidOfEvent !== uid)) return false;
  return kind === 'forced' || kind === 'delete-tried' ? event.subresource === '' : true;
}

/** How far an event is from when its claim says that it was, in milliseconds; 0: within. */
export function distance({ receivedAt, at }: AuditEvent, { from, to }: Claim): number {
  if (at < from) return from - at;
  return receivedAt > to ? receivedAt - to : 0;
}

/** Of several within the time of a claim: how far from its end, which is when it was noted. */
function beforeEnd({ at }: AuditEvent, { to }: Claim): number {
  return Number.isFinite(to) ? Math.abs(to - at) : 0;
}

interface Rules {
  mayShow: (event: AuditEvent, claim: Claim) => boolean;
  /** A delete where an eviction is claimed, or the other way round. */
  isAnotherVerb: (event: AuditEvent, claim: Claim) => boolean;
}

/** Claims that leave least room choose first, and each takes what is nearest. */
export function matchClaims(
  claims: readonly Claim[],
  events: readonly AuditEvent[],
  { mayShow, isAnotherVerb }: Rules,
  toleranceMilliseconds: number,
): Matching {
  const pairs = new Map<Claim, AuditEvent>();
  const free = new Set(events);
  const inOrder = claims.toSorted(
    (a, b) =>
      Number(a.mayBeMissing ?? false) - Number(b.mayBeMissing ?? false) ||
      a.to - a.from - (b.to - b.from) ||
      a.from - b.from,
  );
  const nearest = (claim: Claim, fits: (event: AuditEvent) => boolean) => {
    const found = [...free].filter((event) => mayShow(event, claim) && fits(event));
    return found.sort(
      (a, b) => distance(a, claim) - distance(b, claim) || beforeEnd(a, claim) - beforeEnd(b, claim),
    )[0];
  };
  const take = (claim: Claim, event: AuditEvent) => {
    free.delete(event);
    pairs.set(claim, event);
  };
  const without: Claim[] = [];
  for (const claim of inOrder) {
    const isNow = (event: AuditEvent) => distance(event, claim) <= toleranceMilliseconds;
    const event = nearest(claim, (each) => isNow(each) && claim.fits(each.code) && !isAnotherVerb(each, claim));
    if (event) take(claim, event);
    else without.push(claim);
  }
  const unmatched = without.map((claim) => {
    const near = nearTo(claim);
    if (near) free.delete(near.event);
    return { claim, near };
  });
  return { pairs, unmatched, left: [...free] };

  function nearTo(claim: Claim): Near | undefined {
    if (claim.mayBeMissing) return undefined;
    const isNow = (event: AuditEvent) => distance(event, claim) <= toleranceMilliseconds;
    const verb = nearest(claim, (each) => isNow(each) && isAnotherVerb(each, claim) && claim.fits(each.code));
    if (verb) return { event: verb, why: 'other-verb' };
    const code = nearest(claim, (each) => isNow(each) && !isAnotherVerb(each, claim));
    if (code) return { event: code, why: 'other-code' };
    const time = nearest(claim, (each) => claim.fits(each.code) && !isAnotherVerb(each, claim));
    return time && { event: time, why: 'other-time' };
  }
}
