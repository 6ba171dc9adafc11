import type { TickOutput } from '../../shared/lifecycle/tick.ts';
import type { Drain } from './drain.ts';
import type { Stage } from './stage.ts';

/** The process of one tick: it can vanish, so that nothing it awaits ever comes back, and stand still for a while. */
export interface Process<Output = unknown> {
  name: string;
  startedAt: number;
  /** Aborted when the process is gone: its connections break. */
  gone: AbortSignal;
  killed: boolean;
  ended: boolean;
  /** A call to AWS failed: what the tick throws then is explained. */
  excused: boolean;
  /** It could not ask what a pod belongs to. */
  lookupFailed: boolean;
  /** How far its clock is off, in milliseconds. */
  skew: number;
  frozenUntil: number;
  /** What the state machine hears of it; never settles before it should. */
  heard: Promise<Heard<Output>>;
  tell(heard: Heard<Output>): void;
  kill(noticedAfterSeconds?: number): void;
  /** Everything that comes in goes through here: late to a process that stands still, never to one that is gone. */
  pass<T>(work: Promise<T>): Promise<T>;
  standStill(): Promise<void> | undefined;
}

export type Heard<Output> = { output: Output } | { error: unknown };

/** A tick of a drain. */
export interface Tick extends Process<TickOutput> {
  drain: Drain;
}

export function openProcess<Output>(stage: Stage, name: string): Process<Output> {
  const { clock, never } = stage;
  const gone = new AbortController();
  const { promise: heard, resolve: tell } = Promise.withResolvers<Heard<Output>>();
  const nothing = new Promise<never>(() => {});
  const tick: Process<Output> = {
    name,
    startedAt: clock.now(),
    gone: gone.signal,
    killed: false,
    ended: false,
    excused: false,
    lookupFailed: false,
    skew: Math.round((stage.random() * 2 - 1) * stage.scenario.skewMilliseconds),
    frozenUntil: 0,
    heard,
    tell,
    kill(noticedAfterSeconds = 0) {
      if (tick.killed || tick.ended) return;
      tick.killed = true;
      stage.journal.note(clock.now(), `${name} is killed`);
      gone.abort(new Error('killed'));
      void stage.sleep(noticedAfterSeconds).then(() => tell({ error: new Error('killed') }));
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
