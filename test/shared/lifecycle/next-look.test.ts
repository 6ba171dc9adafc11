import { describe, expect, it } from 'vitest';
import { changeIsNear, nextLookSeconds } from '../../../shared/lifecycle/next-look.ts';
import { aPod, minutes, now, seconds } from './builders.ts';

describe('the next look', () => {
  it.each([
    ['comes 5 s after progress', 0, 5],
    ['still comes in 5 s after 20 s without progress', 20, 5],
    ['comes later the longer nothing changes', 100, 25],
    ['comes in whole seconds', 103, 25],
    ['comes in 120 s at most', 3600, 120],
    ['comes in 5 s when progress was noted by a clock before ours', -60, 5],
  ])('%s', (_case, idle, wait) => {
    expect(nextLookSeconds(now - idle * seconds, [], now)).toBe(wait);
  });

  it.each([
    ['the force moment', [now + 40 * seconds, undefined], 40],
    ['the soonest of all instants', [undefined, now + 50 * seconds, now + 7.9 * seconds], 7],
    ['an instant that is past, by more than a second', [now - minutes], 1],
    ['no instant at all', [undefined], 120],
  ])('never sleeps past %s', (_case, notPast, wait) => {
    expect(nextLookSeconds(now - 60 * minutes, notPast, now)).toBe(wait);
  });
});

describe('a change is near', () => {
  it.each([
    ['when a grace period ends within a minute', [aPod(), aPod({ deletionAt: now + minutes })], true],
    ['when a grace period ended five seconds ago', [aPod({ deletionAt: now - 5 * seconds })], true],
    ['not when it ended longer ago', [aPod({ deletionAt: now - 5 * seconds - 1 })], false],
    ['not when it ends later', [aPod({ deletionAt: now + minutes + 1 })], false],
    ['not when no pod is terminating', [aPod()], false],
  ])('%s', (_case, pods, near) => {
    expect(changeIsNear(pods, now)).toBe(near);
  });
});
