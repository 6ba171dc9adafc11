import { realClock } from '../../shared/adapters/real-clock.ts';
import type { Observation, Observer } from '../world/observation.ts';
import type { Line, Progress, Told } from './line.ts';

export interface Listener {
  line(line: Line): void;
  progress(progress: Progress): void;
}

export interface Story {
  observe: Observer;
  /** Until the signal aborts, which rejects. */
  tell(signal: AbortSignal): Promise<never>;
  /** What is still untold. */
  finish(): void;
}

export interface Plot {
  /** Epoch milliseconds. */
  startedAt: number;
  linesOf(observation: Observation): Told[];
  progress(): Progress;
}

/** A function's log arrives later than a watch: told so late, everything comes in the order in which it happened. */
const lateMs = 250;
const everyMs = 50;

/** Tells a story as things happen, in their order. */
export function createTeller({ startedAt, linesOf, progress }: Plot, listener: Listener): Story {
  let waiting: Observation[] = [];

  const tellUntil = (until: number) => {
    const due = waiting.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
    waiting = waiting.filter(({ at }) => at > until);
    for (const observation of due) {
      const at = observation.at - startedAt;
      for (const told of linesOf(observation)) listener.line({ tone: 'plain', ...told, at });
    }
    if (due.length > 0) listener.progress(progress());
  };

  return {
    observe: (observation) => {
      waiting.push(observation);
    },
    tell: async (signal) => {
      for (;;) {
        await realClock.sleep(everyMs, signal);
        tellUntil(Date.now() - lateMs);
      }
    },
    finish: () => tellUntil(Number.POSITIVE_INFINITY),
  };
}
