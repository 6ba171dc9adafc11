import type { LifecycleAction } from './action.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { End } from './end.ts';
import type { VerdictCode, VerdictKind } from './verdict.ts';

/** Everything a drain did and why, for a person and for an audit. Instants are ISO 8601. */
export interface DrainReport {
  version: 1;
  execution: string;
  action: LifecycleAction;
  cluster: string | undefined;
  node: string | undefined;
  startedAt: string;
  deadlineAt: string | undefined;
  endedAt: string | undefined;
  end: End | undefined;
  /** When the lifecycle action was extended. */
  heartbeats: string[];
  timeline: TimelineEntry[];
  pods: PodRecord[];
  /** What held the pods that were left at the last look; absent when none were. */
  stuck?: Diagnosis[];
}

export interface TimelineEntry {
  at: string;
  /** Stable, for machines: `marked`, `heartbeat`, `evicted`, `refused`, `forced`, `gone`, `completed` … */
  what: string;
  text: string;
  /** `namespace/name`, where the entry is about one pod. */
  pod?: string;
}

export interface PodRecord {
  namespace: string;
  name: string;
  uid: string;
  /** UID of its controller. */
  controllerUid?: string;
  verdict: VerdictKind;
  code: VerdictCode;
  reason: string;
  evictionsTried: number;
  /** What held it, each once, with the first and last time it did. */
  causes: { code: string; text: string; firstAt: string; lastAt: string; times: number }[];
  evictedAt?: string;
  forcedAt?: string;
  /** The budgets that it was deleted past, as `namespace/name`. */
  forcedPast?: readonly string[];
  goneAt?: string;
}
