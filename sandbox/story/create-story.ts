import { realClock } from '../../shared/adapters/real-clock.ts';
import type { Observation, Observer } from '../world/observation.ts';
import { fromAws } from './from-aws.ts';
import { fromCluster } from './from-cluster.ts';
import { fromLog } from './from-log.ts';
import { fromTick, fromTickFailure } from './from-tick.ts';
import type { Line, Progress, Told } from './line.ts';
import { type Memory, newMemory } from './memory.ts';
import { progressOf } from './progress.ts';

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

/** A function's log arrives later than a watch: told so late, everything comes in the order in which it happened. */
const lateMs = 250;
const everyMs = 50;

/** Makes a story of what is observed: nothing in it comes from the scenario. */
export function createStory(known: Parameters<typeof newMemory>[0], listener: Listener): Story {
  const memory = newMemory(known);
  let waiting: Observation[] = [];

  const tellUntil = (until: number) => {
    const due = waiting.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
    waiting = waiting.filter(({ at }) => at > until);
    for (const observation of due) {
      const at = observation.at - memory.startedAt;
      for (const told of linesOf(observation, memory)) listener.line({ tone: 'plain', ...told, at });
    }
    if (due.length > 0) listener.progress(progressOf(memory));
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

function linesOf(observation: Observation, memory: Memory): Told[] {
  switch (observation.from) {
    case 'auto-scaling': {
      const { lifecycleState } = observation;
      const text = `${memory.instanceId} is ${lifecycleState}`;
      if (!lifecycleState.endsWith(':Wait')) return [{ mark: 'instance', text }];
      return [{ mark: 'instance', text, next: 'Auto Scaling wants it gone, and waits until the hook is completed' }];
    }
    case 'delivery':
      return [{ mark: 'event', text: `events/${observation.file} goes to the intake function` }];
    case 'log':
      return fromLog(observation.line, observation.at, memory);
    case 'tick':
      return fromTick(observation.number, observation.output, memory);
    case 'tick-failure':
      return fromTickFailure(observation.number, observation.error);
    case 'aws':
      return fromAws(observation.call);
    case 'kubernetes':
      return fromCluster(observation.change, observation.at, memory);
  }
}
