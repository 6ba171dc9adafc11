import type { Log } from '../ports.ts';

/** Puts these on every line, as they are when it is written. What a line says itself comes first. */
export function withFields(log: Log, fieldsNow: () => Record<string, unknown>): Log {
  const line =
    (level: keyof Log): Log[keyof Log] =>
    (message, fields) =>
      log[level](message, { ...fieldsNow(), ...fields });
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}
