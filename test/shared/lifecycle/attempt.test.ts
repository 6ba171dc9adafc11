import { describe, expect, it } from 'vitest';
import { afterAttempt, noAttempt, wakeHeldBy } from '../../../shared/lifecycle/attempt.ts';
import type { EvictionOutcome } from '../../../shared/lifecycle/eviction-answer.ts';
import { aBudget, anAttempt, aRefusal, now, seconds } from './builders.ts';

const refused: EvictionOutcome = { kind: 'admission', text: 'not yet' };
const accepted: EvictionOutcome = { kind: 'accepted' };
const hindered: EvictionOutcome = { kind: 'conflict', text: 'conflict' };

describe('an attempt after an answer', () => {
  it('counts the try, ends the flight and says when to ask again', () => {
    expect(afterAttempt({ ...noAttempt, inFlight: true }, refused, [aBudget()], now, 0)).toEqual({
      tries: 1,
      triesInARow: 1,
      inFlight: false,
      triedAt: now,
      notBefore: now + 5 * seconds,
      forceNotBefore: 0,
      last: refused,
      refusedAt: now,
      heldBy: ['default/web'],
    });
  });

  it('backs off while the same is said, and starts anew when another thing is', () => {
    const twice = afterAttempt(afterAttempt(noAttempt, refused, [], now, 0), refused, [], now, 0);
    expect(twice).toMatchObject({ tries: 2, triesInARow: 2, notBefore: now + 10 * seconds });
    const other = afterAttempt(twice, hindered, [], now, 1);
    expect(other).toMatchObject({ tries: 3, triesInARow: 1, notBefore: now + 0.5 * seconds });
  });

  it.each<[EvictionOutcome, number | undefined]>([
    [refused, now],
    [hindered, now - 1],
    [accepted, undefined],
    [{ kind: 'terminating' }, undefined],
    [{ kind: 'gone' }, undefined],
  ])('%o after a refusal leaves it refused at %s', (outcome, refusedAt) => {
    expect(afterAttempt(aRefusal(now - 1), outcome, [], now, 0).refusedAt).toBe(refusedAt);
  });
});

describe('a changed budget', () => {
  const held = aRefusal(now, { heldBy: ['default/web'] });

  it('that allows a disruption wakes the pods that it held (T41)', () => {
    expect(wakeHeldBy(held, aBudget({ disruptionsAllowed: 1 }), now)).toEqual({ ...held, notBefore: now });
  });

  it('never makes a pod wait longer', () => {
    expect(wakeHeldBy({ ...held, notBefore: now - 1 }, aBudget(), now).notBefore).toBe(now - 1);
  });

  it.each([
    ['that allows none', aBudget({ disruptionsAllowed: 0 }), held],
    ['of another name', aBudget({ name: 'db' }), held],
    ['of another namespace', aBudget({ namespace: 'other' }), held],
    ['does not hurry what a webhook refused', aBudget(), { ...held, last: refused }],
    [
      'does not cut a Retry-After short (T43)',
      aBudget(),
      { ...held, last: { kind: 'budget-not-processed', text: '' } },
    ],
    ['is nothing to a pod that was never tried', aBudget(), anAttempt()],
  ] as const)('%s wakes nobody', (_change, budget, attempt) => {
    expect(wakeHeldBy(attempt, budget, now)).toBe(attempt);
  });
});
