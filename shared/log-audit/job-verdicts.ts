import type { Judged } from '../audit/finding.ts';
import { cutTo, oneLine } from '../audit/render/plain-text.ts';
import type { BlindSpot, JobEnd, LogJob } from './log-run.ts';
import { rowFindings } from './row-findings.ts';
import { sayRange } from './say-range.ts';
import type { ScheduledQuery } from './scheduled-queries.ts';

/** All that one query says of one cluster: what it found, what it could not see, and otherwise that all is well. */
export function jobVerdicts(query: ScheduledQuery, job: LogJob, end: JobEnd): Judged[] {
  const { group: resource, range, gap } = job;
  const unknown: Judged[] = [];
  const blind = (matter: string, text: string, evidence: Judged['evidence'] = {}) =>
    unknown.push({ status: 'UNKNOWN', resource, matter, text, evidence });
  if (gap) {
    blind('gap', `nobody looked at ${sayRange(gap)}: ${gap.why}`);
  }
  const lookedAt = sayRange(range);
  if ('failed' in end) {
    const text = `${query.title}: the query failed, and ${lookedAt} is asked for again by the next run: ${end.failed}`;
    blind('failed', cutTo(oneLine(text), 1_000));
    return unknown;
  }
  const { rows, statistics, partial } = end;
  if (partial) {
    const rest = end.readUntil === range.endSeconds ? 'the rest cannot be had' : 'the next run goes on from there';
    blind(`partial-${partial.code}`, `${query.title}, ${lookedAt}: ${partial.text}; ${rest}`, { ...statistics });
  }
  const found = rowFindings(query, rows, job);
  if (found.length + unknown.length > 0) return [...unknown, ...found];
  const { recordsScanned, recordsMatched, bytesScanned } = statistics;
  const text = `${query.title}: nothing of it in ${lookedAt}; ${recordsScanned} events and ${bytesScanned} bytes were looked through`;
  return [{ status: 'PASS', resource, text, evidence: { lookedAt, recordsScanned, recordsMatched, bytesScanned } }];
}

export function blindVerdict(query: ScheduledQuery, { resource, code, text, command }: BlindSpot): Judged {
  return {
    status: code === 'nothing-yet' ? 'NOT_APPLICABLE' : 'UNKNOWN',
    ...{ resource, matter: code, text: `${query.title}: ${text}`, evidence: {} },
    ...(command !== undefined && { remediation: { command } }),
  };
}
