import { barX, dot, ruleX, text, tickX } from '@observablehq/plot';
import type { DrainReport } from '../lifecycle/report.ts';
import { sayDuration, secondsBetween } from './instants.ts';
import { frame, laneHeight, ticksOf } from './picture-frame.ts';
import { drawSvg } from './svg.ts';
import type { TimeAxis } from './time-axis.ts';

const laneNames = { node: 'Node', heartbeats: 'Heartbeats of the hook' } as const;

/** Room for the words beside a mark, as a share of the picture's width. */
const roomForWords = 0.09;

/** What of the node's own story is worth a word in the picture; of the rest there is a dot that tells when it is pointed at. */
const words: Record<string, string> = {
  marked: 'cordoned',
  empty: 'no pod left',
  completed: 'hook completed',
  'cluster-unreachable': 'cluster unreachable',
  'mark-refused': 'mark refused',
  'hook-lost': 'hook lost',
  undone: 'marks undone',
  'handed-over': 'handed over',
};

/** The axis, and what happened to the node: it stays in sight above the lanes of the pods. */
export function nodePicture(report: DrainReport, axis: TimeAxis, deadline: number | undefined): string {
  const second = (instant: string) => secondsBetween(report.startedAt, instant);
  const events = report.timeline
    .filter(({ pod }) => pod === undefined)
    .flatMap(({ at, what, text }) => {
      const seconds = second(at);
      return seconds === undefined ? [] : [{ seconds, what, title: `${sayDuration(seconds)}: ${what}\n${text}` }];
    });
  const beats = report.heartbeats.flatMap((at) => second(at) ?? []);
  const cordonedAt = events.find(({ what }) => what === 'marked')?.seconds;
  const deadlineInSight = deadline !== undefined && deadline <= axis.until;
  const lane = { node: { y: () => 'node' }, heartbeats: { y: () => 'heartbeats' } };
  const lanes = (beats.length > 0 ? ['node', 'heartbeats'] : ['node']) as (keyof typeof laneNames)[];
  const lastRoom = axis.until * (1 - roomForWords);
  const marginTop = deadlineInSight ? 44 : 28;
  return drawSvg({
    ...frame,
    height: marginTop + lanes.length * laneHeight + 2,
    marginTop,
    marginBottom: 2,
    ariaLabel: 'Timeline of the node',
    ariaDescription: `${events.length} entries and ${beats.length} heartbeats; the log below says the same.`,
    x: { type: 'linear', domain: [0, axis.until] },
    y: { type: 'band', domain: lanes, axis: null, padding: 0 },
    marks: [
      ticksOf(axis),
      ruleX(axis.ticks, { className: 'grid' }),
      ...(cordonedAt === undefined
        ? []
        : [
            barX([{ from: cordonedAt, to: Math.max(...events.map(({ seconds }) => seconds)) }], {
              ...lane.node,
              className: 'spell cordoned',
              x1: 'from',
              x2: 'to',
              insetTop: 8,
              insetBottom: 8,
            }),
          ]),
      dot(events, { ...lane.node, className: 'event', x: 'seconds', r: 3.5, title: 'title' }),
      ...(['start', 'end'] as const).map((textAnchor) =>
        text(
          spreadOut(events, axis.until).filter(({ seconds }) => (seconds > lastRoom ? 'end' : 'start') === textAnchor),
          {
            ...lane.node,
            className: 'event-words',
            x: 'seconds',
            text: ({ what }) => (Object.hasOwn(words, what) ? words[what] : what),
            textAnchor,
            dx: textAnchor === 'start' ? 7 : -7,
            fontSize: 12,
          },
        ),
      ),
      ...(beats.length > 0
        ? [
            tickX(beats, {
              ...lane.heartbeats,
              className: 'heartbeat',
              x: (seconds: number) => seconds,
              insetTop: 4,
              insetBottom: 4,
              title: (seconds: number) => `${sayDuration(seconds)}: the lifecycle action was extended`,
            }),
          ]
        : []),
      ...(deadlineInSight
        ? [
            ruleX([deadline], { className: 'deadline' }),
            text([deadline], {
              x: (seconds: number) => seconds,
              className: 'deadline-words',
              text: () => `deadline, ${sayDuration(deadline)}`,
              frameAnchor: 'top',
              dy: -34,
              dx: 4,
              textAnchor: 'end',
              fontSize: 12,
            }),
          ]
        : []),
      text(lanes, {
        className: 'names',
        y: (name: keyof typeof laneNames) => name,
        text: (name: keyof typeof laneNames) => laneNames[name],
        frameAnchor: 'left',
        dx: 8 - frame.marginLeft,
        textAnchor: 'start',
        fontSize: 12,
      }),
    ],
  });
}

/** Words of what would be written over what is there already are left out. */
function spreadOut<T extends { seconds: number; what: string }>(events: readonly T[], until: number): T[] {
  const shown: T[] = [];
  for (const event of events) {
    const before = shown.at(-1)?.seconds ?? Number.NEGATIVE_INFINITY;
    const room = until * roomForWords * (event.seconds > until * (1 - roomForWords) ? 2 : 1);
    if (Object.hasOwn(words, event.what) && event.seconds - before >= room) shown.push(event);
  }
  return shown;
}
