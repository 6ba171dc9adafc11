import { barX, ruleX } from '@observablehq/plot';
import type { DrainReport } from '../lifecycle/report.ts';
import { drainOutcome, type Tone } from './drain-outcome.ts';
import { sayDuration, secondsBetween } from './instants.ts';
import { frame, laneHeight, namesOf, ticksOf } from './picture-frame.ts';
import { endSecondsOf } from './pod-view.ts';
import { drawSvg } from './svg.ts';
import { timeAxis } from './time-axis.ts';

const tones: readonly Tone[] = ['good', 'warning', 'bad', 'neutral'];

/** A bar a drain over one time, which begins with the first of them. */
export function rollPicture(reports: readonly DrainReport[], startedAt: string): string {
  const bars = reports.map((report, lane) => {
    const { tone, words } = drainOutcome(report);
    const from = secondsBetween(startedAt, report.startedAt) ?? 0;
    const seconds = endSecondsOf(report);
    const name = report.node ?? report.action.instanceId;
    return { lane, name, tone, from, to: from + seconds, title: `${name}\n${words} after ${sayDuration(seconds)}` };
  });
  const axis = timeAxis(bars.reduce((latest, { to }) => Math.max(latest, to), 0));
  return drawSvg({
    ...frame,
    height: 30 + bars.length * laneHeight,
    marginTop: 28,
    marginBottom: 2,
    ariaLabel: 'Timeline of the drains',
    ariaDescription: `A bar for each of ${bars.length} drains; the table below says the same.`,
    x: { type: 'linear', domain: [0, axis.until] },
    y: { type: 'band', domain: bars.map(({ lane }) => lane), axis: null, padding: 0 },
    marks: [
      ticksOf(axis),
      ruleX(axis.ticks, { className: 'grid' }),
      ...tones.map((tone) =>
        barX(
          bars.filter((bar) => bar.tone === tone),
          { className: `tone-${tone}`, x1: 'from', x2: 'to', y: 'lane', insetTop: 4, insetBottom: 4, title: 'title' },
        ),
      ),
      namesOf(bars),
    ],
  });
}
