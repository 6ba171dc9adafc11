import { type JsonEvent, jsonEvent } from './json-event.ts';
import type { LogEvent } from './log-event.ts';
import type { Value } from './value.ts';

/** What goes through the commands: an event (until it is aggregated or kept) and the cells that commands have filled. */
export interface Row {
  event: LogEvent | null;
  /** The event's JSON, parsed when the first field of it is read. */
  json: JsonEvent | null | undefined;
  /** The message looked like JSON, and was none. */
  broken?: true;
  cells: (Value | undefined)[];
}

export type Evaluate = (row: Row) => Value;

const isJson = (message: string) => message.startsWith('{');

/** The event's JSON; a message that is none, or broken, has no fields. */
export function jsonOf(row: Row): JsonEvent | null {
  if (row.json !== undefined) return row.json;
  const message = row.event?.message ?? '';
  row.json = null;
  if (isJson(message)) {
    try {
      row.json = jsonEvent(message);
    } catch {
      // To the query it is an event without fields, as in CloudWatch; whoever runs the query is told.
      row.broken = true;
    }
  }
  return row.json;
}
