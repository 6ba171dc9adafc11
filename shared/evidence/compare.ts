import type { DrainReport } from '../lifecycle/report.ts';
import type { AuditEvent } from './audit-event.ts';
import type { Claim, JudgedClaim } from './claim.ts';
import { claimsOf, deletesInstead } from './claims-of.ts';
import { covers, type Stretch } from './coverage.ts';
import type { Difference, Doubt } from './finding.ts';
import { type Identity, isOurs } from './identity.ts';
import { judgeLeft } from './left-events.ts';
import { distance, isOfKind, matchClaims } from './match-claims.ts';
import { orderDifferences } from './order.ts';
import { changesMarks, endDifferences, mayShowPatch, standingOf } from './own-events.ts';
import type { Places } from './places.ts';
import { absentDifference, nearDifference } from './words.ts';

export interface Compared {
  claims: JudgedClaim[];
  differences: Difference[];
  doubts: Doubt[];
}

export interface LogSide {
  events: readonly AuditEvent[];
  places: Places;
  stretches: readonly Stretch[];
  /** Some of it is missing: what is not found may be there. */
  isCut: boolean;
}

/** Every claim of the report against the log, and everything in the log in the drain's name against the report. */
export function compare(
  report: DrainReport,
  log: LogSide,
  identity: Identity,
  toleranceMilliseconds: number,
): Compared {
  const { places, events } = log;
  const mine = events.filter((event) => isOurs(event, identity) && !event.dryRun);
  const standing = new Map(mine.map((event) => [event, standingOf(event, report, identity)]));
  const own = mine.filter((event) => !['other-drain', 'ahead'].includes(standing.get(event) ?? ''));
  const claims = claimsOf(report);
  const mayShow = (event: AuditEvent, claim: Claim) =>
    isOfKind(event, claim, event.resource === 'pods' ? places.uidOf(event) : undefined) &&
    (event.resource !== 'nodes' || mayShowPatch(event, claim.kind, identity)) &&
    // A renewal of the mark, at any other time, is no mark that came late.
    (claim.kind !== 'marked' || changesMarks(event) || distance(event, claim) <= toleranceMilliseconds);
  const asked = deletesInstead(report) ? '' : 'eviction';
  const isAnotherVerb = (event: AuditEvent, { kind }: Claim) =>
    (kind === 'evicted' || kind === 'tried') && event.subresource !== asked;
  const { pairs, unmatched, left } = matchClaims(claims, own, { mayShow, isAnotherVerb }, toleranceMilliseconds);

  const differences: Difference[] = [];
  const judged = new Map<Claim, JudgedClaim>();
  for (const [claim, event] of pairs) judged.set(claim, { claim, state: 'shown', ...seen(event) });
  for (const { claim, near } of unmatched) {
    if (claim.mayBeMissing) continue;
    if (near) differences.push(nearDifference(claim, near));
    else if (isLogged(claim)) differences.push(absentDifference(claim, byOthers(claim), identity.users));
    const state = near || isLogged(claim) ? 'differs' : 'not-judged';
    judged.set(claim, { claim, state, ...(near ? seen(near.event) : {}) });
  }
  const rest = judgeLeft(left, { report, places, mine, standing, toleranceMilliseconds });
  differences.push(...rest.differences, ...endDifferences(own, report, identity), ...orderDifferences(pairs));
  return { claims: claims.flatMap((claim) => judged.get(claim) ?? []), differences, doubts: rest.doubts };

  /** Does the log have all of the time that the claim is about? */
  function isLogged({ from, to }: Claim): boolean {
    const time = { from, to: Number.isFinite(to) ? to : from };
    return !log.isCut && covers(log.stretches, time);
  }

  function byOthers(claim: Claim): AuditEvent | undefined {
    return events.find(
      (event) =>
        !isOurs(event, identity) &&
        mayShow(event, claim) &&
        !isAnotherVerb(event, claim) &&
        claim.fits(event.code) &&
        distance(event, claim) <= toleranceMilliseconds,
    );
  }
}

function seen({ id, at, code }: AuditEvent): Pick<JudgedClaim, 'auditId' | 'at' | 'code'> {
  return { auditId: id, at, code };
}
