import type { LabelSelectorView } from './node.ts';
import type { DrainPolicy } from './policy.ts';

/** What may be asked of one drain; the names of `kubectl drain` in our spelling. https://kubernetes.io/docs/reference/kubectl/generated/kubectl_drain/ */
export interface ManualOptions {
  force?: boolean;
  deleteEmptyDirData?: boolean;
  /** Delete pods instead of evicting them: no disruption budget is asked. */
  disableEviction?: boolean;
  /** Of every pod, instead of its own; less than 1 counts as 1. */
  gracePeriodSeconds?: number;
  /** From the start of a node's drain to its end; 0: no limit. */
  timeoutSeconds?: number;
  /** Only pods with these labels go. */
  podSelector?: LabelSelectorView;
  onDeadline?: 'stop' | 'force';
  surgeSingletons?: boolean;
}

/** Longer than any execution of a state machine may last. */
const noLimitSeconds = 31_536_000;

/** The policy of a drain that somebody asked for: nothing is lost, and no budget bypassed, that was not asked for by name. */
export function manualPolicy(base: DrainPolicy, options: ManualOptions): DrainPolicy {
  const { timeoutSeconds = base.deadlineSeconds, gracePeriodSeconds, podSelector } = options;
  return {
    ...base,
    mode: 'manual',
    deadlineSeconds: timeoutSeconds === 0 ? noLimitSeconds : timeoutSeconds,
    reserveSeconds: 0,
    onDeadline: options.onDeadline ?? 'stop',
    daemonSets: 'stay',
    force: options.force ?? false,
    deleteEmptyDirData: options.deleteEmptyDirData ?? false,
    disableEviction: options.disableEviction ?? false,
    surgeSingletons: options.surgeSingletons ?? base.surgeSingletons,
    graceCapSeconds: undefined,
    graceSeconds: gracePeriodSeconds === undefined ? undefined : Math.max(1, gracePeriodSeconds),
    podSelector,
  };
}
