import type { TickOutput } from '../../shared/lifecycle/tick.ts';
import type { Drain } from './drain.ts';
import type { World } from './world.ts';

/** The process of one tick: it can vanish, so that nothing it awaits ever comes back, and stand still for a while. */
export interface Tick {
  name: string;
  drain: Drain;
  startedAt: number;
  /** Aborted when the process is gone: its connections break. */
  gone: AbortSignal;
  killed: boolean;
  ended: boolean;
  /** A call to Auto Scaling failed: what the tick throws then is explained. */
  excused: boolean;
  /** It could not ask what a pod belongs to. */
  lookupFailed: boolean;
  /** How far its clock is off, in milliseconds. */
  skew: number;
  frozenUntil: number;
  /** What the state machine hears of it; never settles before it should. */
  heard: Promise<Heard>;
  tell(heard: Heard): void;
  kill(noticedAfterSeconds?: number): void;
  /** Everything that comes in goes through here: late to a process that stands still, never to one that is gone. */
  pass<T>(work: Promise<T>): Promise<T>;
  standStill(): Promise<void> | undefined;
}

export type Heard = { output: TickOutput } | { error: unknown };

export function openTick(world: World, drain: Drain, name: string): Tick {
  const { clock, never } = world;
  const gone = new AbortController();
  const { promise: heard, resolve: tell } = Promise.withResolvers<Heard>();
  const nothing = new Promise<never>(() => {});
  const tick: Tick = {
    name,
    drain,
    startedAt: clock.now(),
    gone: gone.signal,
    killed: false,
    ended: false,
    excused: false,
    lookupFailed: false,
    skew: Math.round((world.random() * 2 - 1) * world.scenario.skewMilliseconds),
    frozenUntil: 0,
    heard,
    tell,
    kill(noticedAfterSeconds = 0) {
      if (tick.killed || tick.ended) return;
      tick.killed = true;
      world.journal.note(clock.now(), `${name} is killed`);
      gone.abort(new Error('killed'));
      void world.sleep(noticedAfterSeconds).then(() => tell({ error: new Error('killed') }));
    },
    standStill() {
      if (tick.killed) return nothing;
      if (clock.now() >= tick.frozenUntil) return undefined;
      return clock.sleep(tick.frozenUntil - clock.now(), never).then(() => tick.standStill());
    },
    async pass(work) {
      try {
        return await work;
      } finally {
        await tick.standStill();
      }
    },
  };
  return tick;
}
