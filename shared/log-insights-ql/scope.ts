import { jsonField } from './json-field.ts';
import { type Evaluate, jsonOf } from './row.ts';

export type InstantForm = 'date' | 'milliseconds';

/** The names that commands so far have given, and how wide a row is by now. */
export interface Scope {
  names: Map<string, Evaluate>;
  /** Columns whose values are instants, and whether CloudWatch writes those as a date or as milliseconds. */
  instants: Map<string, InstantForm>;
  /** A row has no event any more: only names that commands gave exist. */
  aggregated: boolean;
  width: number;
}

const ofEvent: Record<string, Evaluate> = {
  '@timestamp': ({ event }) => event?.timestampMs ?? null,
  '@message': ({ event }) => event?.message ?? null,
  '@logStream': ({ event }) => event?.logStream ?? null,
  '@ptr': ({ event }) => event?.ptr ?? null,
};

export const newScope = (): Scope => ({
  names: new Map(),
  instants: new Map([['@timestamp', 'date']]),
  aggregated: false,
  width: 0,
});

/** A cell for a name, which from here on means that cell. */
export function addCell(scope: Scope, name: string): number {
  const cell = scope.width++;
  scope.names.set(name, ({ cells }) => cells[cell] ?? null);
  return cell;
}

/** A name for what is computed when it is first read, once a row. */
export function addComputed(scope: Scope, name: string, compute: Evaluate): void {
  const cell = scope.width++;
  scope.names.set(name, (row) => {
    const known = row.cells[cell];
    if (known !== undefined) return known;
    const value = compute(row);
    row.cells[cell] = value;
    return value;
  });
}

/** How to read a name; undefined if nothing can have it: after `stats`, or a field of an event that is not known here. */
export function resolve(scope: Scope, name: string): Evaluate | undefined {
  const given = scope.names.get(name);
  if (given || scope.aggregated) return given;
  if (name.startsWith('@')) return Object.hasOwn(ofEvent, name) ? ofEvent[name] : undefined;
  const field = jsonField(name);
  return (row) => field(jsonOf(row));
}
