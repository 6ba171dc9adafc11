import type { Row } from './row.ts';

/** Where rows go: the next command, or the result. `end` comes once, after the last row. */
export interface Sink {
  push(row: Row): void;
  end(): void;
}

/** A command, ready to run: takes rows and gives what it makes of them to the next one. */
export type Stage = (next: Sink) => Sink;
