export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

/** `UNKNOWN`: it could not be looked at, and `text` says why; that is never a PASS. */
export type FindingStatus = 'FAIL' | 'WARN' | 'PASS' | 'UNKNOWN';

/** What one check says of one thing. */
export interface Finding {
  /** The same for the same matter in every run: check, cluster, resource, and what tells two of one check apart. */
  id: string;
  /** For example `ASG-04`. */
  check: string;
  severity: Severity;
  status: FindingStatus;
  cluster: string;
  /** An ARN or a name. */
  resource: string;
  text: string;
  /** A command that puts it right, quoted for a shell. */
  fix?: string;
  /** What was seen. */
  evidence: Readonly<Record<string, unknown>>;
}

/** With its id; `matter` tells apart what one check may say twice of one thing. */
export function finding({ matter, ...rest }: Omit<Finding, 'id'> & { matter?: string }): Finding {
  const { check, cluster, resource } = rest;
  const id = [check, cluster, resource, ...(matter === undefined ? [] : [matter])].join('/');
  return { id, ...rest };
}
