import type { DrainReport } from '../lifecycle/report.ts';
import type { Row } from '../log-insights/query.ts';
import type { TimeRange } from '../log-insights/time-range.ts';
import { type AuditEvent, readAuditEvent } from './audit-event.ts';
import type { JudgedClaim } from './claim.ts';
import { compare } from './compare.ts';
import { type ComparisonRow, comparisonOf } from './comparison.ts';
import { stretchesOf } from './coverage.ts';
import { doubtsOf } from './doubts.ts';
import type { DrainPicture } from './drain-picture.ts';
import type { Difference, Doubt } from './finding.ts';
import { type Identity, identityOf } from './identity.ts';
import { picturesOf } from './pictures.ts';
import { placesOf } from './places.ts';
import { reportPicture } from './report-picture.ts';

export interface EvidenceInput {
  node: string;
  /** undefined: only the log tells. */
  report: DrainReport | undefined;
  /** Of `drainEventsQuery` and `coverageQuery`. */
  rows: readonly Row[];
  coverage: readonly Row[];
  /** Why the log's rows are not all there are, if so. */
  cut?: string;
  /** What of the log was asked for; none: all that is in files. */
  range?: TimeRange;
  /** Names that Kubernetes knows the drain's identity by; none: found by who marked the node. */
  users: readonly string[];
  /** By how much the clocks of the drain and of the API servers may differ. */
  toleranceSeconds: number;
  /** Of a log that comes late: now, in epoch milliseconds, and how late it may come. */
  delivery?: { now: number; lagSeconds: number };
}

export type Outcome =
  /** Every claim is in the log, and nothing beside. */
  | 'shown'
  | 'differs'
  /** No difference, and not all could be judged. */
  | 'partial'
  /** There was no report, and no drain of ours: the pictures are all there is. */
  | 'no-claims';

/** A drain's report and the audit log side by side. */
export interface Evidence {
  version: 1;
  node: string;
  execution: string | undefined;
  cluster: string | undefined;
  outcome: Outcome;
  identity: Identity | undefined;
  toleranceSeconds: number;
  /** What of the log was there: ISO 8601. */
  log: { from: string; to: string }[];
  claims: JudgedClaim[];
  differences: Difference[];
  doubts: Doubt[];
  pictures: DrainPicture[];
  comparison: ComparisonRow[];
}

/** Puts them side by side. What cannot be judged is said, and never passes for shown. */
export function evidenceOf(input: EvidenceInput): Evidence {
  const { node, report, toleranceSeconds } = input;
  const { events, unreadable } = eventsIn(input.rows);
  const stretches = stretchesOf(input.coverage);
  const places = placesOf(events, report);
  const identity = report && identityOf(report, events, input.users);
  const isCut = input.cut !== undefined || unreadable > 0;
  const compared =
    report && identity
      ? compare(report, { events, places, stretches, isCut }, identity, toleranceSeconds * 1000)
      : { claims: [], differences: [], doubts: [] };
  const pictures = [...(report ? [reportPicture(report)] : []), ...picturesOf(events, node, places)];
  const doubts = [...doubtsOf(input, { events, stretches, unreadable, pictures, identity }), ...compared.doubts];
  return {
    version: 1,
    node,
    execution: report?.execution,
    cluster: report?.cluster,
    outcome: outcomeOf(compared.differences, compared.claims, doubts, report),
    identity,
    toleranceSeconds,
    log: stretches.map(({ from, to }) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() })),
    claims: compared.claims,
    differences: compared.differences.toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? '')),
    doubts,
    pictures,
    comparison: comparisonOf(pictures),
  };
}

/** Oldest first, each once: the log may be delivered twice. */
function eventsIn(rows: readonly Row[]): { events: AuditEvent[]; unreadable: number } {
  const byId = new Map<string, AuditEvent>();
  let unreadable = 0;
  for (const row of rows) {
    const event = readAuditEvent(row['@message'] ?? '');
    if (event) byId.set(event.id || `${byId.size}`, event);
    else unreadable += 1;
  }
  return { events: [...byId.values()].sort((a, b) => a.receivedAt - b.receivedAt), unreadable };
}

function outcomeOf(
  differences: readonly Difference[],
  claims: readonly JudgedClaim[],
  doubts: readonly Doubt[],
  report: DrainReport | undefined,
): Outcome {
  if (differences.length > 0) return 'differs';
  if (doubts.length > 0 || claims.some(({ state }) => state !== 'shown')) return 'partial';
  return report ? 'shown' : 'no-claims';
}
