import type { Log } from '../../../shared/ports.ts';

export interface NotedLine {
  level: string;
  message: string;
  fields: Record<string, unknown>;
}

/** Writes each line into the list. */
export function notingLog(lines: NotedLine[]): Log {
  const log =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}) =>
      void lines.push({ level, message, fields });
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
}
