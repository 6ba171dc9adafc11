import { expect, it } from 'vitest';
import { lookedAtAfter } from '../../../shared/log-audit/looked-at.ts';

const plan = { version: 1, startedAt: '', clusters: ['a'], allClusters: true, jobs: [], blind: [] } as const;
const ended = (query: string, readUntil?: number) => ({
  job: { cluster: 'a', query, group: 'g', range: { startSeconds: 0, endSeconds: 20 } },
  bytesScanned: 1,
  ...(readUntil !== undefined && { readUntil }),
});

it('goes on from where the log was read, and nowhere else', () => {
  const before = { 'a/Q20': 10, 'a/Q22': 10, 'a/Q23': 50, 'a/Q24': 5 };
  const after = lookedAtAfter(before, plan, [ended('Q20', 20), ended('Q22'), ended('Q23', 20), ended('Q28', 20)]);
  expect(after).toEqual({ 'a/Q20': 20, 'a/Q22': 10, 'a/Q23': 50, 'a/Q24': 5, 'a/Q28': 20 });
});

it('forgets a cluster that is gone when its log has nothing more', () => {
  const gone = { ...ended('Q20', 20), job: { ...ended('Q20').job, gone: true as const } };
  expect(lookedAtAfter({ 'a/Q20': 10 }, plan, [gone])).toEqual({ 'a/Q20': 20 });
  expect(lookedAtAfter({ 'a/Q20': 10 }, plan, [{ ...gone, bytesScanned: 0 }])).toEqual({});
  const { readUntil: _, ...unread } = gone;
  expect(lookedAtAfter({ 'a/Q20': 10 }, plan, [{ ...unread, bytesScanned: 0 }])).toEqual({ 'a/Q20': 10 });
});

it('forgets clusters that are gone, unless not all were asked for', () => {
  const before = { 'a/Q20': 10, 'gone/Q20': 10 };
  expect(lookedAtAfter(before, plan, [])).toEqual({ 'a/Q20': 10 });
  expect(lookedAtAfter(before, { ...plan, allClusters: false }, [])).toEqual(before);
});
