import type { AuditReport } from './audit-report.ts';
import { type Severity, severities } from './finding.ts';
import { isOpen } from './result.ts';

export interface ExitRules {
  /** The least severity of an open finding that matters. */
  failOn: Severity;
  /** Not to know matters, too. */
  strict: boolean;
}

/** What an audit ends with when it could not even begin: wrong usage, no access, a file that cannot be read. */
export const noAuditCode = 3;

/** 0: fine; 1: an open finding, FAIL or WARN, of at least this severity; 2: something that nobody waived is unknown. What is known goes first. */
export function exitCode({ results }: Pick<AuditReport, 'results'>, { failOn, strict }: ExitRules): 0 | 1 | 2 {
  const enough = severities.indexOf(failOn);
  if (results.some((each) => isOpen(each) && severities.indexOf(each.severity) <= enough)) return 1;
  return strict && results.some(({ status, waived }) => status === 'UNKNOWN' && !waived) ? 2 : 0;
}
