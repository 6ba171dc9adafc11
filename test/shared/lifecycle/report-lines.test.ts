import { expect, test } from 'vitest';
import type { DrainReport, PodRecord } from '../../../shared/lifecycle/report.ts';
import { newReport, noteEntry } from '../../../shared/lifecycle/report-draft.ts';
import { reportLines } from '../../../shared/lifecycle/report-lines.ts';
import { anAction, aPod, now, seconds } from './builders.ts';

const aRecord = (record: Partial<PodRecord>): PodRecord => ({
  namespace: 'default',
  name: 'web-1',
  uid: 'uid-web-1',
  verdict: 'evict',
  code: 'evictable',
  reason: 'it is evicted',
  evictionsTried: 1,
  causes: [],
  ...record,
});

const at = new Date(now + 61.5 * seconds).toISOString();
const cause = { code: 'budget', text: 'needs 2 and has 2', firstAt: at, lastAt: at, times: 3 };

function aReport(report: Partial<DrainReport> = {}): DrainReport {
  return { ...newReport('i-1-token', anAction(), now), ...report };
}

test('a report of a drain tells outcome, pods and timeline', () => {
  const report = aReport({
    cluster: 'demo',
    node: 'node-1',
    endedAt: at,
    end: { reason: 'drained', completion: 'CONTINUE', text: 'every evictable pod is gone', alarm: false },
    pods: [
      aRecord({ evictedAt: at }),
      aRecord({ name: 'db-0', evictedAt: at, forcedAt: at, causes: [cause] }),
      aRecord({ name: 'db-1', causes: [cause, { ...cause, text: 'needs 2 and has 1' }] }),
      aRecord({ name: 'agent', verdict: 'stay', code: 'daemonset-pod', reason: 'it would come back' }),
    ],
  });
  noteEntry(report, 'marked', 'cordoned', now);
  noteEntry(report, 'evicted', 'accepted', now + 61.5 * seconds, aPod());
  expect(reportLines(report)).toEqual([
    'Instance   i-05629ab7d9287e205 of example-asg',
    'Node       node-1 in demo',
    'Started    2026-03-01T08:00:00.000Z, 61.5 s',
    'Outcome    drained: every evictable pod is gone',
    'Told Auto Scaling   CONTINUE',
    '',
    'Pods',
    '  evicted  default/web-1: evictable, it is evicted',
    '  forced   default/db-0: evictable, it is evicted; held by: needs 2 and has 2',
    '  evict    default/db-1: evictable, it is evicted; held by: needs 2 and has 2; needs 2 and has 1',
    '  stay     default/agent: daemonset-pod, it would come back',
    '',
    'Timeline',
    '     0.0  marked         cordoned',
    '    61.5  evicted        default/web-1: accepted',
  ]);
});

test('a report of a drain that goes on says what is not known yet', () => {
  const { groupName: _group, hookName: _hook, token: _token, ...rest } = anAction();
  const notice = { ...rest, kind: 'spot-interruption', noticeId: 'n-1' } as const;
  expect(reportLines(aReport({ action: notice })).slice(0, 5)).toEqual([
    'Instance   i-05629ab7d9287e205',
    'Node       none found',
    'Started    2026-03-01T08:00:00.000Z, not ended yet',
    'Outcome    none yet',
    'Told Auto Scaling   nothing',
  ]);
});

test('a report of a drain that is held tells why, and what can be done about it', () => {
  const command = 'kubectl -n shop get pdb web';
  const stuck = [
    { code: 'budget', text: 'needs 2 and has 2', pods: ['shop/a', 'shop/b', 'shop/c'], count: 5, command },
    { code: 'later-tier', text: 'it goes later', pods: ['shop/d', 'shop/e'], count: 2 },
  ];
  const lines = reportLines(aReport({ stuck }));
  expect(lines.slice(4, 11)).toEqual([
    'Told Auto Scaling   nothing',
    '',
    'Held',
    '  shop/a, shop/b, shop/c and 2 more: needs 2 and has 2',
    `    ${command}`,
    '  shop/d, shop/e: it goes later',
    '',
  ]);
  expect(reportLines(aReport()).slice(4, 7)).toEqual(['Told Auto Scaling   nothing', '', 'Pods']);
  expect(reportLines(aReport({ stuck: [] }))).toEqual(reportLines(aReport()));
});
