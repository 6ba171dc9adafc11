import { createHash } from 'node:crypto';
import type { AuditRun } from '../../../shared/audit/audit-report.ts';
import type { CheckInfo, Judged } from '../../../shared/audit/finding.ts';
import { type AuditResult, type Hashing, resultOf } from '../../../shared/audit/result.ts';

export const hashing: Hashing = { sha256: (text) => createHash('sha256').update(text).digest('hex') };

export const run: Omit<AuditRun, 'complete'> = {
  ...{ audit: 'subnet-audit', account: '123456789012', region: 'eu-west-1', partition: 'aws' },
  ...{ clusters: ['demo'], allClusters: false, startedAt: '2026-03-01T08:00:00.000Z' },
};

export function checkOf(changes: Partial<CheckInfo> = {}): CheckInfo {
  return {
    id: 'NET-05',
    severity: 'high',
    title: 'Role tags are found',
    docs: 'https://example.com/net-05',
    ...changes,
  };
}

/** A result of the run above; FAIL, high, unless told. */
export function resultFor({
  id = 'NET-05',
  cluster = 'demo',
  since,
  waived,
  ...judged
}: Partial<Judged> & Partial<Pick<AuditResult, 'id' | 'cluster' | 'since' | 'waived'>> = {}): AuditResult {
  const about: Judged = {
    status: 'FAIL',
    resource: subnetArn('1'),
    text: 'no controller finds it',
    evidence: {},
    ...judged,
  };
  const result = resultOf({ id, severity: 'high' }, about, { ...run, cluster }, hashing);
  return { ...result, ...(since !== undefined && { since }), ...(waived && { waived }) };
}

export function subnetArn(name: string): string {
  return `arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-${name}`;
}
