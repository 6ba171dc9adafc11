/** What report and log do not agree about. */
export type DifferenceCode =
  /** The report says it was done, and the log, which covers that time, has nothing of it. */
  | 'claimed-not-logged'
  /** The log has it in the drain's name, and the report says nothing of it. */
  | 'logged-not-claimed'
  /** It is there, answered in another way. */
  | 'other-code'
  /** It is there, at another time. */
  | 'other-time'
  /** It is there, in another's name. */
  | 'other-actor'
  /** A pod was deleted where an eviction is claimed: its budgets were not asked. */
  | 'other-verb'
  /** The node says another end than the report. */
  | 'other-end'
  /** What has to follow came first. */
  | 'out-of-order';

export interface Difference {
  code: DifferenceCode;
  /** The node, or `namespace/name` of a pod. */
  about: string;
  text: string;
  /** ISO 8601. */
  at?: string;
  /** `auditID` of the event, where it is about one. */
  auditId?: string;
}

/** Why something cannot be judged. It is never taken for shown. */
export type DoubtCode =
  | 'log-empty'
  | 'log-starts-late'
  | 'log-ends-early'
  | 'log-gap'
  | 'log-cut'
  | 'delivery-lag'
  | 'audit-level'
  | 'drain-runs'
  | 'report-cut'
  | 'no-report'
  | 'no-node'
  | 'no-identity'
  | 'pod-without-node';

export interface Doubt {
  code: DoubtCode;
  text: string;
}
