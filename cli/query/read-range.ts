import { InvalidArgumentError } from 'commander';
import * as z from 'zod/mini';
import { problemsOfRange, type TimeRange } from '../../shared/log-insights/time-range.ts';
import { CommandError } from '../command-error.ts';
import { readDuration } from '../drain/read-duration.ts';

export interface RangeOptions {
  /** In seconds. */
  since?: number;
  start?: number;
  end?: number;
}

const instant = z.iso.datetime({ offset: true, local: true });
const day = z.iso.date();
const mostDays = 3650;
const usualSeconds = 3600;

/** Delivery to CloudWatch is best effort, and late by minutes. https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html */
export const lagSeconds = 600;

/** Seconds: a duration as kubectl has them, or days: `90m`, `2h`, `7d`. */
export function readSince(text: string): number {
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  if (days !== undefined && Number(days) > mostDays)
    throw new InvalidArgumentError('it is longer than ten years: pass --start and --end');
  const seconds = days === undefined ? durationOf(text) : Number(days) * 86_400;
  if (!/[1-9]/.test(text)) throw new InvalidArgumentError('it has to be longer than nothing');
  return seconds;
}

function durationOf(text: string): number {
  try {
    return readDuration(text);
  } catch {
    throw new InvalidArgumentError('expected a duration such as 30m, 2h or 7d'); // that of a drain knows no days
  }
}

/** Whole seconds since the epoch, those before the point; an instant without a zone is in UTC. */
export function readInstant(text: string): number {
  const iso = text.replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T').replace(/(T\d\d:\d\d)(?=$|Z|[+-])/, '$1:00');
  if (day.safeParse(iso).success) return Date.parse(`${iso}T00:00:00Z`) / 1000;
  if (!instant.safeParse(iso).success)
    throw new InvalidArgumentError('expected an instant such as 2026-03-01T08:00:00Z, in UTC if it names no zone');
  return Math.floor(Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(iso) ? iso : `${iso}Z`) / 1000);
}

/** What to look at; undefined: nothing was said. Throws a CommandError. */
export function rangeOf(options: RangeOptions, nowSeconds: number): TimeRange | undefined {
  const { since, start, end } = options;
  if (since !== undefined && (start !== undefined || end !== undefined))
    throw new CommandError('--since is a range of its own, up to now', 'Pass it, or --start and --end.');
  if (end !== undefined && start === undefined)
    throw new CommandError('--end needs a --start', 'Pass both, or --since.');
  if (since !== undefined) return { startSeconds: nowSeconds - since, endSeconds: nowSeconds };
  if (start === undefined) return undefined;
  const range = { startSeconds: start, endSeconds: end ?? nowSeconds };
  refuseRange(range, nowSeconds);
  return range;
}

/** Of a log that keeps so many days. Throws a CommandError with all that is wrong. */
export function refuseRange(range: TimeRange, nowSeconds: number, retentionDays?: number): void {
  const problems = problemsOfRange(range, nowSeconds, retentionDays);
  if (problems.length > 0) throw new CommandError(problems.join('; '), 'See --since, --start and --end.');
}

export function usualRange(nowSeconds: number): TimeRange {
  return { startSeconds: nowSeconds - usualSeconds, endSeconds: nowSeconds };
}
