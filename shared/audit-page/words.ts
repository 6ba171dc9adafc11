import type { Severity, Status } from '../audit/finding.ts';
import type { AuditResult } from '../audit/result.ts';
import type { RouteKind } from '../audit/vpc-map.ts';

export type Tone = 'good' | 'warning' | 'bad' | 'neutral';

/** What a result is for who reads: its status, or that it is waived. */
export type Shown = Status | 'waived';

export const shownWords: Record<Shown, string> = {
  FAIL: 'Fail',
  WARN: 'Warning',
  UNKNOWN: 'Unknown',
  waived: 'Waived',
  PASS: 'Pass',
  NOT_APPLICABLE: 'Not applicable',
};
export const shownTones: Record<Shown, Tone> = {
  FAIL: 'bad',
  WARN: 'warning',
  UNKNOWN: 'warning',
  waived: 'neutral',
  PASS: 'good',
  NOT_APPLICABLE: 'neutral',
};
export const severityTones: Record<Severity, Tone> = {
  critical: 'bad',
  high: 'bad',
  medium: 'warning',
  low: 'neutral',
  info: 'neutral',
};
export const routeWords: Record<RouteKind, string> = {
  public: 'internet gateway',
  nat: 'NAT or egress-only',
  transit: 'another network',
  isolated: 'no way out',
  unknown: 'not known',
};

export function shownAs({ status, waived }: Pick<AuditResult, 'status' | 'waived'>): Shown {
  return waived ? 'waived' : status;
}

/** `2026-03-01 08:00:06 UTC`. */
export function sayInstant(instant: string): string {
  return Number.isNaN(Date.parse(instant))
    ? instant
    : `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
