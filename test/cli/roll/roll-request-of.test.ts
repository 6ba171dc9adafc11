import { expect, test } from 'vitest';
import { rollRequestOf } from '../../../cli/roll/roll-request-of.ts';

const asked = { asg: 'workers', maxUnavailable: { count: 1 }, readyTimeout: 900, output: 'table' } as const;

test('what was not asked for is left as it is by default', () => {
  const request = rollRequestOf(asked);
  expect(request).toMatchObject({ groupName: 'workers', which: { kind: 'template' }, readyTimeoutSeconds: 900 });
  expect(request).toMatchObject({ noSurge: false, raiseMax: false, takeOver: false, undo: false, dryRun: false });
  expect(request).not.toHaveProperty('surge');
});

test('new nodes have as long as they need when their time has no limit', () => {
  expect(rollRequestOf({ ...asked, readyTimeout: 0 }).readyTimeoutSeconds).toBe(Number.POSITIVE_INFINITY);
});

test('which instances go, and how many come first, is as it was said', () => {
  expect(rollRequestOf({ ...asked, all: true }).which).toEqual({ kind: 'all' });
  expect(rollRequestOf({ ...asked, olderThan: 60 }).which).toEqual({ kind: 'older-than', seconds: 60 });
  expect(rollRequestOf({ ...asked, surge: { percent: 25 } })).toMatchObject({ surge: { percent: 25 }, noSurge: false });
  expect(rollRequestOf({ ...asked, surge: false })).toMatchObject({ noSurge: true });
});
