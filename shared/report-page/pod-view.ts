import type { DrainReport, PodRecord } from '../lifecycle/report.ts';
import { secondsBetween } from './instants.ts';
import { outcomeOf, type PodOutcome, podOutcomes } from './pod-outcome.ts';
import { type Spell, secondsIn, spellsOf } from './pod-spells.ts';

/** One pod as the page shows it, the same in the picture and in the table. */
export interface PodView {
  record: PodRecord;
  /** `namespace/name`. */
  name: string;
  outcome: PodOutcome;
  spells: Spell[];
  heldSeconds: number;
  stopSeconds: number;
  /** Seconds since the drain's start. */
  forcedAt: number | undefined;
  goneAt: number | undefined;
}

/** What went wrong first, what was held before what was not, then as they went. */
export function podViews(report: DrainReport): PodView[] {
  const end = endSecondsOf(report);
  const views = report.pods.map((record) => viewOf(record, report.startedAt, end));
  return views.sort(
    (a, b) =>
      podOutcomes.indexOf(a.outcome) - podOutcomes.indexOf(b.outcome) ||
      Number(b.heldSeconds > 0) - Number(a.heldSeconds > 0) ||
      (a.goneAt ?? Number.POSITIVE_INFINITY) - (b.goneAt ?? Number.POSITIVE_INFINITY) ||
      (a.name < b.name ? -1 : 1),
  );
}

/** How long the drain took; of one that goes on, until what was noted last. */
export function endSecondsOf({ startedAt, endedAt, timeline, heartbeats, pods }: DrainReport): number {
  const ended = secondsBetween(startedAt, endedAt);
  if (ended !== undefined) return Math.max(ended, 0);
  const noted = [
    ...timeline.map(({ at }) => at),
    ...heartbeats,
    ...pods.flatMap(({ causes }) => causes.map(({ lastAt }) => lastAt)),
  ];
  return noted.reduce((latest, at) => Math.max(latest, secondsBetween(startedAt, at) ?? 0), 0);
}

function viewOf(record: PodRecord, startedAt: string, endSeconds: number): PodView {
  const spells = spellsOf(record, startedAt, endSeconds);
  return {
    record,
    name: `${record.namespace}/${record.name}`,
    outcome: outcomeOf(record),
    spells,
    heldSeconds: secondsIn(['held'], spells),
    stopSeconds: secondsIn(['terminating', 'forced'], spells),
    forcedAt: secondsBetween(startedAt, record.forcedAt),
    goneAt: secondsBetween(startedAt, record.goneAt),
  };
}
