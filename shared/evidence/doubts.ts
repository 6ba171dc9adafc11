import { rangeText } from '../log-query/unread-text.ts';
import { ownName } from './actor.ts';
import { type AuditEvent, succeeded } from './audit-event.ts';
import { covers, longestSilenceMilliseconds, type Stretch } from './coverage.ts';
import type { DrainPicture } from './drain-picture.ts';
import type { EvidenceInput } from './evidence.ts';
import type { Doubt, DoubtCode } from './finding.ts';
import type { Identity } from './identity.ts';
import { nodeChangeOf } from './node-patch.ts';

/** As many entries as a report takes before it leaves routine ones out. */
const fullTimeline = 5000;

/** A log in which nothing happens has no event just then. */
const mostSlackMilliseconds = 5_000;

interface Read {
  events: readonly AuditEvent[];
  stretches: readonly Stretch[];
  unreadable: number;
  pictures: readonly DrainPicture[];
  identity: Identity | undefined;
}

/** What keeps report and log from being held against each other as a whole. */
export function doubtsOf(input: EvidenceInput, { events, stretches, unreadable, pictures, identity }: Read): Doubt[] {
  const { report, node, cut, range } = input;
  const doubts: Doubt[] = [];
  const doubt = (code: DoubtCode, text: string) => void doubts.push({ code, text });
  const when = range ? rangeText(range) : 'any time';
  if (stretches.length === 0 && cut === undefined) doubt('log-empty', `the log has no event at all of ${when}`);
  if (cut !== undefined) doubt('log-cut', cut);
  if (unreadable > 0)
    doubt('log-cut', `${unreadable} of the events cannot be read: they are cut off, or no audit events`);
  if (!report)
    return [
      ...doubts,
      ...reportDoubts(events, node, pictures),
      ...rangeDoubts(input, stretches),
      ...levelDoubts(events, node),
    ];
  if (report.node === undefined) doubt('no-node', 'the report names no node: the drain ended before it found one');
  if (report.timeline.length >= fullTimeline)
    doubt('report-cut', `the report has ${report.timeline.length} entries, and leaves some out after ${fullTimeline}`);
  if (report.endedAt === undefined) doubt('drain-runs', 'the report has no end: the drain runs, or was broken off');
  if (identity?.how === 'unknown')
    doubt('no-identity', 'who drained is not known, and so neither what else was done in that name: --user says who');
  doubts.push(...coverDoubts(input, stretches), ...levelDoubts(events, node));
  return doubts;
}

/** A drain of ours, by its mark or at least by its user agent, has a report somewhere. */
function reportDoubts(events: readonly AuditEvent[], node: string, pictures: readonly DrainPicture[]): Doubt[] {
  const code = 'no-report';
  if (events.some((event) => event.name === node && nodeChangeOf(event)?.mark))
    return [{ code, text: 'a drain of eks-node-lifecycle marked the node, and its report was not given: --report' }];
  if (!pictures.some(({ actor }) => actor.name === ownName)) return [];
  return [{ code, text: `by its user agent ${ownName} had a hand in it, and no report of that was given: --report` }];
}

/** Without a report: whether the log has what was asked for. */
function rangeDoubts({ range, delivery }: EvidenceInput, stretches: readonly Stretch[]): Doubt[] {
  const [first, last] = [stretches[0], stretches.at(-1)];
  if (!first || !last) return [];
  const doubts: Doubt[] = [];
  const say = (at: number) => new Date(at).toISOString();
  const [from, to] = [(range?.startSeconds ?? 0) * 1000, (range?.endSeconds ?? 0) * 1000];
  if (range && first.from - from > longestSilenceMilliseconds)
    doubts.push({
      code: 'log-starts-late',
      text: `the log starts at ${say(first.from)}, and was asked from ${say(from)}`,
    });
  const delivered = Math.min(to, delivery ? delivery.now - delivery.lagSeconds * 1000 : to);
  if (range && delivered - last.to > longestSilenceMilliseconds)
    doubts.push({ code: 'log-ends-early', text: `the log ends at ${say(last.to)}, and was asked up to ${say(to)}` });
  if (stretches.length > 1)
    doubts.push({ code: 'log-gap', text: 'the log has nothing for more than 90 s within that time' });
  return doubts;
}

function coverDoubts({ report, toleranceSeconds, delivery }: EvidenceInput, stretches: readonly Stretch[]): Doubt[] {
  const [first, last] = [stretches[0], stretches.at(-1)];
  if (!report || !first || !last) return [];
  const slack = Math.min(toleranceSeconds * 1000, mostSlackMilliseconds);
  const started = Date.parse(report.startedAt);
  const ended = Date.parse(report.endedAt ?? report.timeline.at(-1)?.at ?? report.startedAt);
  const doubts: Doubt[] = [];
  const say = (at: number) => new Date(at).toISOString();
  const isLate = delivery !== undefined && delivery.now - ended < delivery.lagSeconds * 1000;
  if (first.from - slack > started)
    doubts.push({
      code: 'log-starts-late',
      text: `the log starts at ${say(first.from)}, the drain at ${say(started)}`,
    });
  if (isLate)
    doubts.push({
      code: 'delivery-lag',
      text: `the drain ended less than ${delivery.lagSeconds / 60} minutes ago, and the log may come later than that: ask again`,
    });
  if (last.to + slack < ended && !isLate)
    doubts.push({ code: 'log-ends-early', text: `the log ends at ${say(last.to)}, the drain at ${say(ended)}` });
  const inside = { from: Math.max(started, first.from), to: Math.min(ended, last.to) };
  if (inside.from < inside.to && !covers(stretches, inside))
    doubts.push({ code: 'log-gap', text: 'the log has nothing for more than 90 s during the drain' });
  return doubts;
}

/** Without bodies there is no telling what a change of the node was. */
function levelDoubts(events: readonly AuditEvent[], node: string): Doubt[] {
  const bare = events.filter(
    (event) =>
      event.resource === 'nodes' &&
      event.name === node &&
      event.verb !== 'delete' &&
      succeeded(event) &&
      !event.request,
  );
  if (bare.length === 0) return [];
  return [
    {
      code: 'audit-level',
      text: `${bare.length} changes of the node are logged without what they change: the audit level is lower than Request`,
    },
  ];
}
