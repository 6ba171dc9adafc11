import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../../shared/audit/audit-report.ts';
import { compareRuns } from '../../../shared/audit/compare-runs.ts';
import { readWaivers } from '../../../shared/audit-files/read-waivers.ts';
import { hashing } from '../../../shared/audit-files/sha256.ts';
import { jobVerdicts } from '../../../shared/log-audit/job-verdicts.ts';
import { logReport } from '../../../shared/log-audit/log-report.ts';
import type { BlindSpot, JobEnd, LogJob } from '../../../shared/log-audit/log-run.ts';
import { scheduledQueries } from '../../../shared/log-audit/scheduled-queries.ts';

const queries = scheduledQueries(['destructive-deletes']);
const group = '/aws/eks/demo/cluster';
const start = Date.UTC(2026, 10, 21, 0);
const hourMs = 3_600_000;
const statistics = { bytesScanned: 1_000, recordsScanned: 10, recordsMatched: 1 };
const where = { account: '123456789012', region: 'eu-west-1', partition: 'aws' };

interface Given {
  hour: number;
  /** Names of namespaces that were deleted in that hour. */
  deleted?: string[];
  end?: JobEnd;
  gap?: LogJob['gap'];
  blind?: Pick<BlindSpot, 'code' | 'text' | 'command'>;
  before?: AuditReport;
  waivers?: string;
}

function report({ hour, deleted = [], end, gap, blind, before, waivers }: Given): AuditReport {
  const now = start + hour * hourMs;
  const range = { startSeconds: (now - hourMs) / 1000, endSeconds: now / 1000 };
  const job = { cluster: 'demo', query: 'Q28', group, range, ...(gap && { gap }) };
  const rows = deleted.map((name) => ({
    ...{ '@timestamp': new Date(now - 60_000).toISOString().replace('T', ' ').replace('Z', '') },
    ...{ res: 'namespaces', name, verb: 'delete', who: 'jo' },
  }));
  const ended = end ?? { rows, statistics, readUntil: range.endSeconds };
  const plan = { version: 1 as const, startedAt: new Date(now).toISOString(), clusters: ['demo'], allClusters: true };
  return logReport(
    {
      plan: {
        ...plan,
        jobs: [job],
        blind: blind ? [{ cluster: 'demo', query: 'Q28', resource: group, ...blind }] : [],
      },
      ended: queries.map((query) => ({
        ...{ job, judged: jobVerdicts(query, job, ended), bytesScanned: 1_000 },
      })),
      ...{ queries, where, before },
      waivers: waivers === undefined ? undefined : readWaivers(waivers, 'w.yaml'),
    },
    hashing,
  );
}

const names = (results: readonly { resource: string }[]) => results.map(({ resource }) => resource.split('/')[1]);
const states = ({ results }: AuditReport) => results.map(({ status, matter = '' }) => [status, matter]);

describe('the report of a run', () => {
  it('says of a query that found nothing what was looked through', () => {
    const [result] = report({ hour: 1 }).results;
    expect(result).toMatchObject({ id: 'LOG-Q28', status: 'PASS', cluster: 'demo', resource: group });
    expect(result?.reason).toContain('2026-11-21T00:00:00Z to 2026-11-21T01:00:00Z; 10 events and 1000 bytes');
  });

  it('has what happens again as the same finding, and keeps it open for a day after it was seen last', () => {
    const first = report({ hour: 1, deleted: ['a'] });
    const again = report({ hour: 2, deleted: ['a', 'b'], before: first });
    expect(names(compareRuns(first, again).new)).toEqual(['b']);
    expect(again.results.map(({ since }) => since)).toEqual(['2026-11-21T01:00:00.000Z', '2026-11-21T02:00:00.000Z']);
    const quiet = report({ hour: 25, before: again });
    expect(names(quiet.results)).toEqual(['a', 'b']);
    expect(compareRuns(again, quiet)).toMatchObject({ new: [], resolved: [] });
    const over = report({ hour: 26, before: quiet });
    expect(names(compareRuns(quiet, over).resolved)).toEqual(['a', 'b']);
    expect(states(over)).toEqual([['PASS', '']]);
    expect(names(compareRuns(over, report({ hour: 27, deleted: ['a'], before: over })).new)).toEqual(['a']);
  });

  it('keeps what was found late, after runs that failed, open for a day, too', () => {
    const long = { '@timestamp': '2026-11-21 01:00:00.000', res: 'namespaces', name: 'a', verb: 'delete', who: 'jo' };
    const late = report({ hour: 100, end: { rows: [long], statistics, readUntil: 1 } });
    expect(names(report({ hour: 123, before: late }).results)).toEqual(['a']);
    expect(names(compareRuns(late, report({ hour: 124, before: late })).resolved)).toEqual(['a']);
  });

  const row = { res: 'namespaces', name: 'b', verb: 'delete', who: 'jo' };
  it.each<[string, Partial<Given>, string]>([
    ['its query failed', { end: { failed: 'ThrottlingException: slow down' } }, 'failed'],
    [
      'the run was too long',
      { end: { rows: [], statistics, partial: { code: 'out-of-time', text: 'over' }, readUntil: 1 } },
      'partial-out-of-time',
    ],
    [
      'there were too many rows',
      { end: { rows: [row], statistics, partial: { code: 'row-limit', text: 'full' }, readUntil: 1 } },
      'partial-row-limit',
    ],
    ['logging is off', { blind: { code: 'logging-off', text: 'off', command: 'aws eks …' } }, 'logging-off'],
    ['nobody looked for a while', { gap: { startSeconds: 1, endSeconds: 2, why: 'x' } }, 'gap'],
  ])('resolves nothing and passes nothing when %s, and knows it again', (_, given, matter) => {
    const first = report({ hour: 1, deleted: ['a'] });
    const blind = report({ hour: 30, before: first, ...given });
    expect(states(blind)).toContainEqual(['UNKNOWN', matter]);
    expect(blind.counts.PASS).toBe(0);
    expect(blind.run.complete).toBe(false);
    expect(names(blind.unseen)).toEqual(['a']);
    expect(compareRuns(first, blind).resolved).toEqual([]);
    const seen = report({ hour: 31, deleted: ['a'], before: blind });
    expect(names(compareRuns(blind, seen).new)).toEqual([]);
    expect(seen.results.find(({ resource }) => resource.endsWith('/a'))?.since).toBe('2026-11-21T01:00:00.000Z');
  });

  it('shows the rows that are there when there are more than can be had', () => {
    const end = { rows: [row], statistics, partial: { code: 'row-limit', text: 'full' }, readUntil: 1 } as const;
    expect(names(report({ hour: 1, end }).results)).toContain('b');
  });

  it('says nothing bad of a log that has only just been made', () => {
    const blind = { code: 'nothing-yet', text: 'young' };
    expect(states(report({ hour: 1, blind }))).toContainEqual(['NOT_APPLICABLE', 'nothing-yet']);
  });

  const waivers = 'waivers: [{id: LOG-Q28, resource: "namespaces/a", reason: x, owner: ops, expires: 2026-12-31}]';
  it('waives by check and resource, also what is only still open, and minds no waiver that is of nothing for now', () => {
    const first = report({ hour: 1, deleted: ['a', 'b'], waivers });
    expect(first.counts).toMatchObject({ waived: 1, FAIL: 1 });
    const second = report({ hour: 2, before: first, waivers });
    expect(second.counts).toMatchObject({ waived: 1, FAIL: 1 });
    expect(report({ hour: 3, before: first }).counts).toMatchObject({ waived: 0, FAIL: 2 });
    expect(states(report({ hour: 1, waivers }))).toEqual([['PASS', '']]);
  });
});
