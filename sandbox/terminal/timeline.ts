import type { DrainReport, TimelineEntry } from '../../shared/lifecycle/report.ts';
import type { Line } from '../story/line.ts';

type Run = [TimelineEntry, ...TimelineEntry[]];

const mostPods = 3;

/** The report's timeline; what it says of several pods one after the other is one line. */
export function timeline({ startedAt, timeline: entries }: DrainReport): Line[] {
  const runs: Run[] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    if (last && entry.pod !== undefined && last[0].what === entry.what && last[0].text === entry.text) last.push(entry);
    else runs.push([entry]);
  }
  return runs.map((run) => {
    const { at, what, text } = run[0];
    const told = run[0].pod === undefined ? text : `${podsOf(run)}: ${text}`;
    return { at: Date.parse(at) - Date.parse(startedAt), mark: what, text: told, tone: 'plain' };
  });
}

function podsOf(run: Run): string {
  const more = run.length - mostPods;
  const names = run.slice(0, mostPods).map(({ pod }) => pod);
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
