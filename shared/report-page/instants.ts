/** Seconds from one ISO 8601 instant to another; undefined where either is none. */
export function secondsBetween(from: string, to: string | undefined): number | undefined {
  if (to === undefined) return undefined;
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  return Number.isNaN(seconds) ? undefined : seconds;
}

/** As a person says it: `3.4 s`, `2 min 5 s`, `1 h 12 min`, `2 d 3 h`. */
export function sayDuration(seconds: number): string {
  if (seconds < 0) return `-${sayDuration(-seconds)}`;
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const;
  const first = units.findIndex(([, size]) => whole >= size);
  const [unit, size] = units[first] ?? ['s', 1];
  const count = Math.floor(whole / size);
  const [smaller, smallerSize] = units[first + 1] ?? ['s', 1];
  const rest = Math.floor((whole - count * size) / smallerSize);
  return rest > 0 && unit !== 's' ? `${count} ${unit} ${rest} ${smaller}` : `${count} ${unit}`;
}

/** `2026-03-01 08:00:06 UTC`; what is no instant stays as it is. */
export function sayInstant(instant: string): string {
  if (Number.isNaN(Date.parse(instant))) return instant;
  return `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
