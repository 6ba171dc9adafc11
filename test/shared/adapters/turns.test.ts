import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../sandbox/clock.ts';
import { createTurns } from '../../../shared/adapters/turns.ts';

const never = new AbortController().signal;

describe('turns', () => {
  it('come at once when none was taken lately, and else at the pace, in order', async () => {
    const clock = createManualClock(0);
    const turn = createTurns({ perSecond: 4 }, clock);
    const taken: string[] = [];
    const take = (name: string) => turn(never).then(() => taken.push(`${name} ${clock.now()}`));
    await clock.runUntil(Promise.all([take('a'), take('b'), take('c')]));
    await clock.advance(1000);
    await clock.runUntil(Promise.all([take('d'), take('e')]));
    expect(taken).toEqual(['a 0', 'b 250', 'c 500', 'd 1500', 'e 1750']);
  });

  it('keep their pace when the clock is set back', async () => {
    const clock = createManualClock(3_600_000);
    let setBackMs = 0;
    const turn = createTurns({ perSecond: 4 }, { ...clock, now: () => clock.now() - setBackMs });
    await turn(never);
    setBackMs = 3_600_000;
    await clock.runUntil(Promise.all([turn(never), turn(never)]));
    expect(clock.now()).toBe(3_600_500);
  });

  it('are not waited for after an abort', async () => {
    const clock = createManualClock(0);
    const turn = createTurns({ perSecond: 4 }, clock);
    const controller = new AbortController();
    await turn(never);
    const waiting = turn(controller.signal);
    controller.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow(/^gone$/);
    await expect(turn(controller.signal)).rejects.toThrow(/^gone$/);
  });
});
