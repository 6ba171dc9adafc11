import type { RollMark } from './roll-mark.ts';

/** One change. Each may be the last that happens, and is right to do again. */
export type RollStep =
  | { kind: 'mark'; mark: RollMark | undefined }
  | { kind: 'suspend' | 'resume'; process: string }
  | { kind: 'set-max'; max: number }
  | { kind: 'set-desired'; from: number; to: number }
  | { kind: 'cordon' | 'uncordon'; node: string; rollId: string }
  | { kind: 'drain'; node: string; instanceId: string; why: string; givesBack: boolean }
  | { kind: 'terminate'; instanceId: string; node?: string; decrement: boolean };

/** Why a roll ends before its end. */
export interface StopReason {
  /** Stable, for example `drain-failed`. */
  code: string;
  text: string;
  next?: string;
  /** The node or the instance that it is about. */
  about?: string;
}

export interface RollPlan {
  old: readonly { instanceId: string; node?: string; zone: string; why: string }[];
  /** Desired capacity now. */
  desired: number;
  /** Instances more than that, meanwhile. */
  surge: number;
  /** Worked on at once. */
  atOnce: number;
  raisesMaxTo?: number;
  /** What new instances are launched from. */
  target: string;
}

export type RollDecision =
  /** Nothing was begun, or it is not ours. */
  | { do: 'refuse'; reason: StopReason }
  | { do: 'begin'; plan: RollPlan; steps: readonly RollStep[] }
  | { do: 'act'; steps: readonly RollStep[] }
  /** Nothing to do before something changes. */
  | { do: 'wait'; key: string; text: string }
  /** From now on it is taken back. */
  | { do: 'stop'; reason: StopReason }
  | { do: 'finish'; steps: readonly RollStep[]; left?: StopReason }
  /** What was to be taken back could not be. */
  | { do: 'give-up'; reason: StopReason };
