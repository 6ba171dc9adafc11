import type { TagChange } from './tag-change.ts';

/** What a fix does and has done. It is written before anything else is, and again around every call. */
export interface FixRecord {
  version: 1;
  /** What this is a record of. */
  kind: 'subnet-tag-fix';
  account: string;
  region: string;
  /** An instant in ISO 8601. */
  at: string;
  /** When what it goes by was seen. */
  takenAt: string;
  changes: readonly RecordedChange[];
}

export interface RecordedChange extends TagChange {
  /** `unknown`: the call was begun, and no answer came. */
  done: boolean | 'unknown';
  /** Taken back since. */
  undone?: true;
  /** Why it was not done. */
  problem?: string;
}

/** How a change that may have been made stands against the tags as they are now. */
export type Undoing = 'take-back' | 'back-already' | 'changed-meanwhile';

/** Undefined: it was never made, or was taken back by its record. `now` is null for no such tag, and undefined for no such subnet. */
export function undoingOf(
  { done, undone, before, after }: RecordedChange,
  now: string | null | undefined,
): Undoing | undefined {
  if (done === false || undone) return undefined;
  if (now === after) return 'take-back';
  return now === before ? 'back-already' : 'changed-meanwhile';
}
