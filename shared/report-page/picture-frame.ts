import { axisX, text } from '@observablehq/plot';
import { sayTick, type TimeAxis } from './time-axis.ts';

/** What all pictures are laid out by, so that they stand one below the other. */
export const frame = { width: 1120, marginLeft: 290, marginRight: 20, style: undefined } as const;
export const laneHeight = 20;

/** The time, along the top. */
export function ticksOf({ ticks }: TimeAxis) {
  return axisX(ticks, {
    anchor: 'top',
    tickFormat: sayTick,
    tickSize: 4,
    fontSize: 12,
    label: null,
    className: 'axis',
  });
}

/** The name of each lane, to its left. */
export function namesOf(lanes: readonly { lane: number; name: string }[]) {
  return text(lanes, {
    className: 'names',
    y: 'lane',
    text: ({ name }: { name: string }) => onOneLine(name),
    title: 'name',
    frameAnchor: 'left',
    dx: 8 - frame.marginLeft,
    textAnchor: 'start',
    fontSize: 12,
    lineWidth: 23,
    textOverflow: 'ellipsis-middle',
  });
}

/** A line break would be drawn as one. */
function onOneLine(name: string): string {
  return name.replaceAll(/\s+/g, ' ').trim() || '–';
}
