export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

/**
 * `UNKNOWN`: it could not be looked at, and the text says why. `NOT_APPLICABLE`: there is nothing of its kind. Neither is ever a `PASS`.
 * What needs somebody comes first.
 */
export const statuses = ['FAIL', 'WARN', 'UNKNOWN', 'PASS', 'NOT_APPLICABLE'] as const;
export type Status = (typeof statuses)[number];

/** What one check says of one thing. */
export interface Judged {
  status: Status;
  /** Where it is not the check's own. */
  severity?: Severity;
  /** An ARN, or the name of what has none that is known. */
  resource: string;
  /** One line. */
  text: string;
  /** What was seen: ids, tags, routes. */
  evidence: Readonly<Record<string, unknown>>;
  remediation?: Remediation;
  /** Tells apart what the check may say twice of one thing; never an amount or an instant. */
  matter?: string;
}

export interface Remediation {
  /** Ready to paste, quoted for a shell. */
  command?: string;
  /** A public page. */
  docs?: string;
}

/** What is said of a check wherever it is named. */
export interface CheckInfo {
  /** For example `NET-05`. */
  id: string;
  /** The worst that it finds. */
  severity: Severity;
  title: string;
  /** A public page. */
  docs: string;
}
