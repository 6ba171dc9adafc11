import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../sandbox/clock.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';

const never = new AbortController().signal;

describe('the manual clock', () => {
  it('runs timers in the order in which they fall due, also those that timers set', async () => {
    const clock = createManualClock(1_000);
    const seen: [string, number][] = [];
    const note = (name: string) => seen.push([name, clock.now()]);
    void clock.sleep(50, never).then(() => note('late'));
    void clock.sleep(10, never).then(async () => {
      note('early');
      await clock.sleep(20, never);
      note('nested');
    });
    void clock.sleep(50, never).then(() => note('late, set second'));
    await clock.advance(60);
    expect(seen).toEqual([
      ['early', 1_010],
      ['nested', 1_030],
      ['late', 1_050],
      ['late, set second', 1_050],
    ]);
    expect(clock.now()).toBe(1_060);
  });

  it('does not run a timer that is not due yet', async () => {
    const clock = createManualClock(0);
    let woke = false;
    void clock.sleep(100, never).then(() => {
      woke = true;
    });
    await clock.advance(99);
    expect(woke).toBe(false);
    await clock.advance(1);
    expect(woke).toBe(true);
  });

  it('rejects a sleep with the reason of its signal, and forgets the timer', async () => {
    const clock = createManualClock(0);
    const stop = new AbortController();
    const sleep = clock.sleep(100, stop.signal);
    stop.abort(new Error('enough'));
    await expect(sleep).rejects.toThrow('enough');
    await expect(clock.runUntil(new Promise(() => {}))).rejects.toThrow('no timer is left');
    await expect(clock.sleep(1, AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  });

  it('jumps over hours until a promise settles, and settles as it does', async () => {
    const clock = createManualClock(0);
    const work = async () => {
      for (let hour = 0; hour < 48; hour++) await clock.sleep(3_600_000, never);
      return 'done';
    };
    expect(await clock.runUntil(work())).toBe('done');
    expect(clock.now()).toBe(48 * 3_600_000);
    await expect(clock.runUntil(Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  it('gives up on a promise that outlasts the limit although timers go on', async () => {
    const clock = createManualClock(0);
    const tick = async (): Promise<never> => {
      await clock.sleep(60_000, never);
      return tick();
    };
    await expect(clock.runUntil(tick(), 600_000)).rejects.toThrow('still pending');
  });
});

describe('the real clock', () => {
  it('sleeps, and rejects with the reason of the signal', async () => {
    const before = realClock.now();
    await realClock.sleep(5, never);
    expect(realClock.now() - before).toBeGreaterThanOrEqual(4);
    const stop = new AbortController();
    const sleep = realClock.sleep(60_000, stop.signal);
    stop.abort('reason');
    await expect(sleep).rejects.toBe('reason');
  });
});
