import type { DrainReport } from '../lifecycle/report.ts';
import { type AuditEvent, nameOf, succeeded } from './audit-event.ts';
import type { Difference, Doubt } from './finding.ts';
import type { Standing } from './own-events.ts';
import type { Places } from './places.ts';
import { describeEvent, differenceAt } from './words.ts';

interface Known {
  report: DrainReport;
  places: Places;
  /** All in the drain's name. */
  mine: readonly AuditEvent[];
  standing: ReadonlyMap<AuditEvent, Standing>;
  toleranceMilliseconds: number;
}

/** What the log has in the drain's name and no claim accounts for, if it is about this node or its pods. */
export function judgeLeft(left: readonly AuditEvent[], known: Known): { differences: Difference[]; doubts: Doubt[] } {
  const differences: Difference[] = [];
  const doubts: Doubt[] = [];
  for (const event of left) {
    const isNow = isWithin(event, known);
    if (known.standing.get(event) === 'upkeep' && isNow) continue;
    const place = placeOf(event, known);
    if (place === 'elsewhere' || (!isNow && isOfOtherDrain(event, known))) continue;
    const said = describeEvent(event);
    if (place === 'unknown')
      doubts.push({ code: 'pod-without-node', text: `${said}: nothing says which node the pod was on` });
    else {
      const when = isNow ? '' : ', when the drain was not running';
      differences.push(differenceAt('logged-not-claimed', event, `${said}${when}: the report does not tell of it`));
    }
  }
  return { differences, doubts };
}

function isWithin({ at, receivedAt }: AuditEvent, { report, toleranceMilliseconds }: Known): boolean {
  const end = report.endedAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(report.endedAt);
  return at >= Date.parse(report.startedAt) - toleranceMilliseconds && receivedAt <= end + toleranceMilliseconds;
}

/** Another drain of the node in the same name had it, before this one or after it. */
function isOfOtherDrain({ receivedAt }: AuditEvent, { report, mine, standing }: Known): boolean {
  const startedAt = Date.parse(report.startedAt);
  const isBefore = (instant: number) => instant < startedAt;
  return mine.some(
    (each) => standing.get(each) === 'other-drain' && isBefore(each.receivedAt) === isBefore(receivedAt),
  );
}

function placeOf(event: AuditEvent, { report, places }: Known): 'here' | 'elsewhere' | 'unknown' {
  if (event.resource === 'nodes') return event.name === report.node ? 'here' : 'elsewhere';
  if (event.resource !== 'pods') return 'elsewhere';
  const uid = places.uidOf(event);
  const isNamed = report.pods.some(
    (pod) => `${pod.namespace}/${pod.name}` === nameOf(event) && (uid ?? pod.uid) === pod.uid,
  );
  const node = isNamed ? report.node : places.nodeOf(event);
  if (node === undefined) return succeeded(event) ? 'unknown' : 'elsewhere';
  return node === report.node ? 'here' : 'elsewhere';
}
