import type { Remembered } from '../adapters/s3-audit-history.ts';
import type { AuditReport, AuditRun } from '../audit/audit-report.ts';
import { readReport } from '../audit-files/read-report.ts';
import type { AuditRunPorts } from './audit-run-ports.ts';

type Whose = Pick<AuditRun, 'audit' | 'account' | 'region'>;

/** The report that is remembered; undefined: none is, or none of this version. */
export async function recallReport(
  name: Remembered,
  { audit, account, region }: Whose,
  { history, log }: Pick<AuditRunPorts, 'history' | 'log'>,
  signal: AbortSignal,
): Promise<AuditReport | undefined> {
  const text = await history.recall(name, { audit, account, region }, signal);
  if (text === undefined) return undefined;
  try {
    return readReport(text, `the remembered report ${name}`);
  } catch (error) {
    // Of another version, or damaged: better all is new once more than never an audit again.
    log.warn('remembered report unusable', { error });
    return undefined;
  }
}
