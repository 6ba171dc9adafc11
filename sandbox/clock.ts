import type { Clock } from '../shared/ports.ts';

export interface ManualClock extends Clock {
  /** Moves time on by so many milliseconds, running every timer that falls due in order. */
  advance(milliseconds: number): Promise<void>;
  /** Moves time on at once, as a clock that is set does: what fell due meanwhile is late. */
  jump(milliseconds: number): void;
  /**
   * Jumps from timer to timer until the promise settles, and settles as it does. Throws when no timer is left that could
   * settle it, or when `limitMs` of the clock's own time (default a week) went by.
   */
  runUntil<T>(promise: Promise<T>, limitMs?: number): Promise<T>;
}

interface Timer {
  at: number;
  fire: () => void;
}

const WEEK_MS = 7 * 24 * 3600 * 1000;

/** A clock that stands still until it is told to move, for tests of hours in milliseconds. */
export function createManualClock(startMs: number): ManualClock {
  let now = startMs;
  const timers: Timer[] = [];

  const fireNext = async (timer: Timer) => {
    timers.splice(timers.indexOf(timer), 1);
    now = Math.max(now, timer.at);
    timer.fire();
    await settle();
  };

  return {
    now: () => now,

    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const abort = () => {
          timers.splice(timers.indexOf(timer), 1);
          reject(signal.reason);
        };
        const fire = () => {
          signal.removeEventListener('abort', abort);
          resolve();
        };
        const timer = { at: now + Math.max(0, milliseconds), fire };
        signal.addEventListener('abort', abort, { once: true });
        insertInOrder(timers, timer);
      }),

    jump: (milliseconds) => {
      now += milliseconds;
    },

    advance: async (milliseconds) => {
      const end = now + milliseconds;
      await settle();
      for (let next = timers[0]; next && next.at <= end; next = timers[0]) await fireNext(next);
      now = Math.max(now, end);
    },

    runUntil: async (promise, limitMs = WEEK_MS) => {
      const limit = now + limitMs;
      let settled = false;
      const done = () => {
        settled = true;
      };
      promise.then(done, done);
      await settle();
      while (!settled) {
        const next = timers[0];
        if (!next) throw new Error('the promise is pending and no timer is left that could settle it');
        if (next.at > limit) throw new Error(`the promise is still pending after ${limitMs} ms of the manual clock`);
        await fireNext(next);
      }
      return promise;
    },
  };
}

/** Timers of the same instant keep the order in which they were set. */
function insertInOrder(timers: Timer[], timer: Timer): void {
  let index = timers.length;
  while (index > 0 && (timers[index - 1]?.at ?? 0) > timer.at) index--;
  timers.splice(index, 0, timer);
}

/** Two turns of the event loop: each drains every promise that is ready, the second those behind one setImmediate. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}
