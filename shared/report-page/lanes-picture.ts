import { barX, dot, ruleX } from '@observablehq/plot';
import { sayDuration } from './instants.ts';
import { frame, laneHeight, namesOf } from './picture-frame.ts';
import { outcomeWords } from './pod-outcome.ts';
import { spellWords } from './pod-spells.ts';
import type { PodView } from './pod-view.ts';
import { drawSvg } from './svg.ts';
import type { TimeAxis } from './time-axis.ts';

/**
 * A lane a pod, in their order. Each mark has the lane's number as `data-lane`, from `firstLane` on, which the search goes by; their colours
 * are classes of the page's style.
 */
export function lanesPicture(pods: readonly PodView[], axis: TimeAxis, deadline: number | undefined): string {
  const spells = pods.flatMap(({ name, outcome, spells }, lane) =>
    spells.map((spell) => ({ ...spell, lane, title: spellTitle(name, outcome, spell) })),
  );
  const lanes = pods.map((pod, lane) => ({ ...pod, lane }));
  const ofKind = (wanted: string) => spells.filter(({ kind }) => kind === wanted);
  const thick = (kind: string) => (kind === 'waiting' || kind === 'staying' ? 8 : 4);
  const bars = (['waiting', 'staying', 'held', 'terminating', 'forced'] as const).map((kind) => ({
    kind,
    data: ofKind(kind),
  }));
  const gone = lanes.filter(({ goneAt, outcome }) => goneAt !== undefined && outcome !== 'finished');
  const forced = lanes.filter(({ forcedAt }) => forcedAt !== undefined);
  const groups: Record<string, readonly { lane: number }[]> = {
    names: lanes,
    gone,
    'forced-at': forced,
    ...Object.fromEntries(bars.map(({ kind, data }) => [`spell ${kind}`, data])),
  };
  return drawSvg(
    {
      ...frame,
      height: Math.max(1, pods.length) * laneHeight,
      marginTop: 0,
      marginBottom: 0,
      ariaLabel: 'Timeline of the pods',
      ariaDescription: `A lane for each of ${pods.length} pods; the table below says the same.`,
      x: { type: 'linear', domain: [0, axis.until], axis: null },
      y: { type: 'band', domain: lanes.map(({ lane }) => lane), axis: null, padding: 0 },
      marks: [
        ruleX(axis.ticks, { className: 'grid' }),
        ...(deadline !== undefined && deadline <= axis.until ? [ruleX([deadline], { className: 'deadline' })] : []),
        ...bars.map(({ kind, data }) =>
          barX(data, {
            className: `spell ${kind}`,
            x1: 'from',
            x2: 'to',
            y: 'lane',
            insetTop: thick(kind),
            insetBottom: thick(kind),
            title: 'title',
          }),
        ),
        dot(gone, { className: 'gone', x: 'goneAt', y: 'lane', r: 3.5 }),
        dot(forced, { className: 'forced-at', x: 'forcedAt', y: 'lane', r: 5, symbol: 'diamond' }),
        namesOf(lanes),
      ],
    },
    (element, group, i) => {
      const drawn = groups[group]?.[i];
      if (drawn) element.setAttribute('data-lane', String(drawn.lane));
    },
  );
}

function spellTitle(name: string, outcome: PodView['outcome'], { kind, from, to }: PodView['spells'][number]): string {
  const what = kind === 'staying' ? outcomeWords[outcome] : spellWords[kind];
  return `${name}\n${what}: ${sayDuration(to - from)}, from ${sayDuration(from)} to ${sayDuration(to)} after the start`;
}
