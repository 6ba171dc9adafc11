/** What becomes of one pod. */
export type VerdictKind = 'ignore' | 'stay' | 'evict' | 'wait' | 'stuck' | 'bounce' | 'block';

/** Stable reason codes of verdicts, one a row (or half a row) of the policy. */
export type VerdictCode =
  | 'finished'
  | 'not-selected'
  | 'static-pod'
  | 'daemonset-pod'
  | 'daemonset-evict-last'
  | 'orphaned-daemonset-pod'
  | 'skip-requested'
  | 'wait-requested'
  | 'stuck-terminating'
  | 'terminating'
  | 'do-not-disrupt'
  | 'unmanaged-pod'
  | 'local-data'
  | 'will-stay-pending'
  | 'bounce'
  | 'surging'
  | 'evictable';

export interface Verdict {
  kind: VerdictKind;
  code: VerdictCode;
  /** One sentence for a person. */
  reason: string;
  /** Evicted all the same, but someone should know. */
  warning?: boolean;
}
