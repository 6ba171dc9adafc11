import type { DrainAnswer } from './roll-ports.ts';
import type { RollPlan, RollStep, StopReason } from './roll-step.ts';

/** What a roll tells while it goes on; `at` is in epoch milliseconds. */
export type RollEvent = { at: number } & (
  | { kind: 'plan'; plan: RollPlan }
  /** It goes on with what a roll before it has begun. */
  | { kind: 'resumed'; rollId: string; startedAt: number; old: number }
  | { kind: 'step'; step: RollStep }
  | { kind: 'wait'; text: string }
  | { kind: 'drained'; node: string; instanceId: string; answer: DrainAnswer }
  | { kind: 'gone'; instanceId: string; old: number }
  | { kind: 'stop'; reason: StopReason }
  /** A look that failed and is tried again. */
  | { kind: 'trouble'; text: string }
);

export interface RollEnd {
  outcome: 'rolled' | 'nothing-to-do' | 'planned' | 'undone' | 'failed' | 'refused' | 'stopped';
  reason?: StopReason;
  plan?: RollPlan;
  /** Ids of the instances that were told to go, in that order. */
  terminated: readonly string[];
  /** What is left as it should not be: `reason` says why it could not be taken back. */
  left?: StopReason;
}
