import type { LabelSelectorView } from './node.ts';

/** What a drain may do and how long it may take. */
export interface DrainPolicy {
  /** `hook`: the instance goes away whatever happens. `manual`: someone asked. */
  mode: 'hook' | 'manual';
  /** From the start of the drain to its end, before the reserve is taken off. */
  deadlineSeconds: number;
  /** Kept free before the deadline to complete the hook. */
  reserveSeconds: number;
  onDeadline: 'force' | 'continue' | 'abandon' | 'stop';
  /** No pod is given more than this to stop; undefined: its own terminationGracePeriodSeconds. */
  graceCapSeconds: number | undefined;
  /** Every pod is given exactly this to stop, whatever it says of itself; undefined: as above. */
  graceSeconds: number | undefined;
  /** Between the mark and the first eviction: the scheduler may still bind a pod it had already placed. */
  settleSeconds: number;
  /** A node that others join in their marks waits for them, so that no pod is evicted onto a node that is about to go. */
  burstSeconds: number;
  /** For volumes and load balancers after the last pod is gone. */
  detachSeconds: number;
  daemonSets: 'stay' | 'evict-last';
  /** As `kubectl drain --force`; hooks evict such pods anyway. */
  force: boolean;
  /** As `kubectl drain --delete-emptydir-data`; hooks evict such pods anyway. */
  deleteEmptyDirData: boolean;
  /** Pods are deleted, and their disruption budgets not asked: as `kubectl drain --disable-eviction`. */
  disableEviction: boolean;
  /** Only pods with these labels go; undefined: all of them. */
  podSelector: LabelSelectorView | undefined;
  /** A Deployment whose ready pods are all on the node is restarted, so that the new pod is there before the old one goes. */
  surgeSingletons: boolean;
  /** Evictions in flight, over all drains of one cluster. */
  maxInFlight: number;
  /** How long the cluster may be unreachable, strange to us or refuse the mark before the hook is completed without a drain. */
  unreachableSeconds: number;
  /** A pod terminating for longer than this past its deletionTimestamp is not waited for. */
  stuckSeconds: number;
  /** A Node whose Ready is Unknown for this long no longer reports its pods' end. */
  nodeUnknownSeconds: number;
}

export const defaultPolicy: DrainPolicy = {
  mode: 'hook',
  deadlineSeconds: 3600,
  reserveSeconds: 60,
  onDeadline: 'force',
  graceCapSeconds: undefined,
  graceSeconds: undefined,
  settleSeconds: 5,
  burstSeconds: 2,
  detachSeconds: 600,
  daemonSets: 'stay',
  force: false,
  deleteEmptyDirData: false,
  disableEviction: false,
  podSelector: undefined,
  surgeSingletons: false,
  maxInFlight: 50,
  unreachableSeconds: 900,
  stuckSeconds: 60,
  nodeUnknownSeconds: 300,
};
