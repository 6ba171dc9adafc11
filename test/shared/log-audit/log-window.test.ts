import { describe, expect, it } from 'vitest';
import { logWindow } from '../../../shared/log-audit/log-window.ts';

const hour = 3600;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 21, 12) / 1000;
const wishes = { firstWindowHours: 24, overlapMinutes: 15, deliveryLagMinutes: 10 };
const end = now - 600;
const old = { createdAt: 0 };

describe('the window of a run', () => {
  it.each([
    ['for the first time', undefined, old, { startSeconds: end - day, endSeconds: end }],
    ['after a run an hour ago', end - hour, old, { startSeconds: end - hour - 900, endSeconds: end }],
    ['after a run that ended later', end + hour, old, { startSeconds: end - 900, endSeconds: end }],
    [
      'of a young log group',
      undefined,
      { createdAt: (now - hour) * 1000 },
      { startSeconds: now - hour, endSeconds: end },
    ],
    [
      'of a log group that keeps a day',
      undefined,
      { createdAt: 0, retentionDays: 1 },
      { startSeconds: now - day + 600, endSeconds: end },
    ],
  ])('%s', (_, last, group, range) => {
    expect(logWindow(last, group, wishes, now)).toEqual({ range });
  });

  it.each([
    ['more than a week has passed', end - 8 * day, old, end - 7 * day, /7 days at most/],
    ['the log group forgot it', end - 3 * day, { createdAt: 0, retentionDays: 2 }, now - 2 * day + 600, /keeps 2 days/],
    ['the log group was made again', end - 3 * hour, { createdAt: (end - hour) * 1000 }, end - hour, /deleted/],
  ])('has a gap before it when %s', (_, last, group, startSeconds, why) => {
    expect(logWindow(last, group, wishes, now)).toEqual({
      range: { startSeconds, endSeconds: end },
      gap: { startSeconds: last, endSeconds: startSeconds, why: expect.stringMatching(why) },
    });
  });

  it('is none for a log group that has only just been made', () => {
    expect(logWindow(undefined, { createdAt: (end + 60) * 1000 }, wishes, now)).toEqual({});
  });
});
