import { sayDuration } from './instants.ts';

/** Seconds since the drain's start, from zero to `until`, and where the picture says them. */
export interface TimeAxis {
  until: number;
  ticks: number[];
}

const steps = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];
const mostTicks = 10;

/** A deadline that is not far beyond the end is in the picture, too. */
export function timeAxis(endSeconds: number, deadlineSeconds?: number): TimeAxis {
  const end = Math.max(endSeconds, 1);
  const near = deadlineSeconds !== undefined && deadlineSeconds > 0 && deadlineSeconds <= end * 1.5;
  const until = (near ? Math.max(end, deadlineSeconds) : end) * 1.02;
  const step = steps.find((seconds) => until / seconds <= mostTicks) ?? Math.ceil(until / mostTicks / 86_400) * 86_400;
  return { until, ticks: Array.from({ length: Math.floor(until / step) + 1 }, (_, i) => i * step) };
}

export function sayTick(seconds: number): string {
  return seconds === 0 ? 'start' : sayDuration(seconds);
}
