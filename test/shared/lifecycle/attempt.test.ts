import { describe, expect, it } from 'vitest';
import { type Attempt, afterAttempt, budgetKey, noAttempt, wakeHeld } from '../../../shared/lifecycle/attempt.ts';
import type { EvictionOutcome } from '../../../shared/lifecycle/eviction-answer.ts';
import type { BudgetView } from '../../../shared/lifecycle/node.ts';
import { aBudget, aRefusal, minutes, now, seconds } from './builders.ts';

const refused: EvictionOutcome = { kind: 'admission', text: 'not yet' };
const accepted: EvictionOutcome = { kind: 'accepted' };
const hindered: EvictionOutcome = { kind: 'conflict', text: 'conflict' };

describe('a pod that was never tried', () => {
  it('may be asked at once, and nothing holds it', () => {
    expect(noAttempt).toMatchObject({ tries: 0, inFlight: false, notBefore: 0, forceNotBefore: 0, heldBy: [] });
  });
});

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

  it('was tried, and refused, when it was asked for, however long the answer took', () => {
    const after = afterAttempt(noAttempt, refused, [], now + minutes, 0, now);
    expect(after).toMatchObject({ triedAt: now, refusedAt: now, notBefore: now + minutes + 5 * seconds });
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

describe('a change of budgets', () => {
  const held = aRefusal(now, { heldBy: ['default/web'] });
  const heldByTwo = {
    ...held,
    last: { kind: 'two-budgets', text: '' },
    heldBy: ['default/web', 'default/db'],
  } as const;
  const open = aBudget({ disruptionsAllowed: 1 });
  const known = (...budgets: BudgetView[]) => new Map(budgets.map((each) => [budgetKey(each), each]));

  it.each<[string, Attempt, BudgetView[]]>([
    ['the one that held it allows a disruption (T41)', held, [open]],
    ['the one that held it is gone', held, []],
    ['one of the two that held it is gone (T44)', heldByTwo, [open]],
  ])('wakes a pod when %s', (_change, attempt, budgets) => {
    expect(wakeHeld(attempt, known(...budgets), now)).toEqual({ ...attempt, notBefore: now });
  });

  it.each<[string, Attempt, BudgetView[]]>([
    ['the one that holds it allows none', held, [aBudget({ disruptionsAllowed: 0 })]],
    ['another one allows a disruption', held, [aBudget({ disruptionsAllowed: 0 }), aBudget({ namespace: 'other' })]],
    ['two hold it, whatever they allow (T44)', heldByTwo, [open, aBudget({ name: 'db' })]],
    ['a webhook holds it', { ...held, last: refused }, [open]],
    ['it is to honour a Retry-After (T43)', { ...held, last: { kind: 'budget-not-processed', text: '' } }, [open]],
    ['no budget is known to hold it', { ...held, heldBy: [] }, [open]],
    ['it may be asked already', { ...held, notBefore: now }, [open]],
    ['it was never tried', noAttempt, [open]],
  ])('leaves a pod as it is when %s', (_change, attempt, budgets) => {
    expect(wakeHeld(attempt, known(...budgets), now)).toBe(attempt);
  });
});
