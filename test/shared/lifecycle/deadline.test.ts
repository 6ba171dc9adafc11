import { describe, expect, it } from 'vitest';
import {
  type DrainClock,
  deadlineOf,
  endOf,
  forceMomentOf,
  graceOf,
  isTimeUp,
  remainingGrace,
} from '../../../shared/lifecycle/deadline.ts';
import { aPod, aPolicy, minutes, now, seconds } from './builders.ts';

const clock = (hook: number, policy: number, rest: Partial<DrainClock> = {}) => ({
  startedAt: now,
  globalTimeoutSeconds: hook,
  soonerAt: undefined,
  policy: { deadlineSeconds: policy, reserveSeconds: 60 },
  ...rest,
});

describe('the deadline', () => {
  it.each([
    ["the policy's, less the reserve", clock(7200, 3600), 3540],
    ["the hook's global timeout, less the reserve, where that is sooner", clock(600, 3600), 540],
    ['at once where the reserve is all there is', clock(30, 3600), 0],
    ['what an event without a hook said, where that is sooner', clock(7200, 3600, { soonerAt: now + 90_000 }), 90],
    ['not what an event said that is later (T100)', clock(7200, 3600, { soonerAt: now + 7_200_000 }), 3540],
  ])('is %s', (_case, given, after) => {
    expect(deadlineOf(given)).toBe(now + after * seconds);
  });
});

describe('the end', () => {
  const moved = (until: number, rest: Partial<DrainClock> = {}) => ({
    ...clock(7200, 3600, rest),
    extendedUntil: now + until * seconds,
  });

  it.each([
    ['is the deadline while nobody is waited for', { ...clock(7200, 3600), extendedUntil: null }, 3540],
    ["moves while another drain's forced delete is waited for", moved(4000), 4000],
    ['never moves back', moved(1000), 3540],
    ["moves up to the hook's global timeout, less the reserve", moved(9000), 7140],
    ['never moves past what an event without a hook said', moved(4000, { soonerAt: now + 90_000 }), 90],
  ])('%s', (_case, given, after) => {
    expect(endOf(given)).toBe(now + after * seconds);
  });

  it('is at once where the reserve is all there is, whoever is waited for', () => {
    expect(endOf({ ...clock(30, 3600), extendedUntil: now + minutes })).toBe(now);
  });
});

describe('the force moment of a pod', () => {
  const deadlineAt = now + 300 * seconds;

  it('is the deadline − its terminationGracePeriodSeconds − 30 s (T95)', () => {
    expect(forceMomentOf(aPod({ graceSeconds: 60 }), deadlineAt, aPolicy())).toBe(now + 210 * seconds);
  });

  it("counts with the policy's cap on its grace", () => {
    const policy = aPolicy({ graceCapSeconds: 20 });
    expect(forceMomentOf(aPod({ graceSeconds: 60 }), deadlineAt, policy)).toBe(now + 250 * seconds);
    expect(graceOf(aPod({ graceSeconds: 10 }), policy)).toBe(10);
  });
});

describe('the grace to send', () => {
  const capped = aPolicy({ graceCapSeconds: 20 });

  it.each([
    ["the pod's own while there is time", 30, 300, aPolicy(), 30],
    ['the cap', 30, 300, capped, 20],
    ['what is left until the deadline (T94)', 300, 210, aPolicy(), 210],
    ['what is left, in whole seconds', 300, 210.9, aPolicy(), 210],
    ['one second at the deadline', 30, 0, aPolicy(), 1],
    ['one second long after the deadline', 30, -500, aPolicy(), 1],
    ['one second for a pod that asks for none', 0, 300, aPolicy(), 1],
  ])('is %s', (_case, graceSeconds, left, policy, grace) => {
    expect(remainingGrace(aPod({ graceSeconds }), now + left * seconds, now, policy)).toBe(grace);
  });

  it.each([
    ['elapsed + what is left (T97)', { asked: -90, grace: 6000 }, 210, 300],
    ['elapsed, rounded up, + what is left', { asked: -15.2, grace: 600 }, 5, 21],
    ['elapsed + one second after the deadline', { asked: -90, grace: 600 }, -10, 91],
    ['what is left, when its clock runs before ours', { asked: 5, grace: 600 }, 60, 55],
    ['at least one second, when its clock runs far before ours', { asked: 500, grace: 600 }, 60, 1],
  ])('to a terminating pod is %s', (_case, { asked, grace }, left, sent) => {
    const deletionAt = now + (asked + grace) * seconds;
    const pod = aPod({ deletionAt, deletionGraceSeconds: grace });
    expect(remainingGrace(pod, now + left * seconds, now, aPolicy())).toBe(sent);
  });

  it('to a terminating pod without deletionGracePeriodSeconds counts from its deletionTimestamp', () => {
    expect(remainingGrace(aPod({ deletionAt: now - 10_000 }), now + 60_000, now, aPolicy())).toBe(70);
  });
});

describe('time is up', () => {
  const going = aPod({ deletionAt: now });

  it.each([
    ['at the end', [aPod()], 0, true],
    ['not before the end', [aPod()], -1, false],
    ['not at the end, while all pods are about to go as told', [going], 0, false],
    ['ten seconds after the end, in any case', [going], 10 * seconds, true],
    ['not a moment sooner', [going], 10 * seconds - 1, false],
    ['at the end, when one pod is not about to go', [going, aPod()], 0, true],
    ['not at the end, when a pod is to go two seconds after it', [aPod({ deletionAt: now + 2000 })], 0, false],
    ['at the end, when a pod is to go later than that', [aPod({ deletionAt: now + 2001 })], 0, true],
  ])('%s', (_case, left, after, up) => {
    expect(isTimeUp(left, now, now + after, aPolicy({ reserveSeconds: 60 }))).toBe(up);
  });

  it('at half of a reserve that is too short for that', () => {
    expect(isTimeUp([going], now, now + 4_999, aPolicy({ reserveSeconds: 10 }))).toBe(false);
    expect(isTimeUp([going], now, now + 5_000, aPolicy({ reserveSeconds: 10 }))).toBe(true);
  });
});
