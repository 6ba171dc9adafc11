import type { OpenTagging } from '../../../shared/adapters/open-subnet-tags.ts';

export interface FixPorts {
  /** Data. */
  out: (text: string) => void;
  /** What is said about it, a line each. */
  say: (...lines: string[]) => void;
  /** A person's answer. */
  confirm: (question: string, signal: AbortSignal) => Promise<boolean>;
  openTags: () => Promise<OpenTagging>;
  /** An instant in ISO 8601. */
  now: () => string;
  /** From now on there is a record in this file. */
  onBegun: (file: string) => void;
  signal: AbortSignal;
}
