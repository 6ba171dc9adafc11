/** How a drain ended and what Auto Scaling was told. */
export interface End {
  reason: EndReason;
  /** Which of several ways led to `ignored`. */
  code?: string;
  /** null: nothing was completed. */
  completion: 'CONTINUE' | 'ABANDON' | null;
  /** One sentence for a person: which pods, which budget, which error. */
  text: string;
  /** Wakes someone up. */
  alarm: boolean;
}

export type EndReason =
  | 'drained'
  | 'drained-forced'
  | 'drained-not-detached'
  | 'deadline'
  | 'no-node'
  | 'cluster-gone'
  | 'cluster-unreachable'
  | 'not-mapped'
  | 'mark-refused'
  | 'failed'
  | 'already-resolved'
  | 'aborted'
  /** A notice without a hook: another drain has the node, and knows of the sooner deadline. */
  | 'handed-over'
  /** A notice that asks for no more than a cordon. */
  | 'cordoned'
  /** A notice that is only told of. */
  | 'warned'
  | 'ignored';
