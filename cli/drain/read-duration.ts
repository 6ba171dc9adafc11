import { InvalidArgumentError } from 'commander';

const secondsOf: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
const part = /(\d+(?:\.\d+)?)(ms|h|m|s)/g;
const mostSeconds = 31_536_000;

/** Seconds; as kubectl has durations: `90s`, `5m`, `1h30m`, and `0` without a unit. https://pkg.go.dev/time#ParseDuration */
export function readDuration(text: string): number {
  if (text === '0') return 0;
  const parts = [...text.matchAll(part)];
  const whole = parts.map(([all]) => all).join('') === text && parts.length > 0;
  const seconds = parts.reduce((sum, [, digits, unit = '']) => sum + Number(digits) * (secondsOf[unit] ?? 0), 0);
  if (!whole) throw new InvalidArgumentError(`expected a duration such as 90s, 5m or 1h30m; 0 is no limit`);
  if (seconds > mostSeconds) throw new InvalidArgumentError('it is longer than a year; 0 is no limit');
  return Math.max(1, Math.ceil(seconds));
}
