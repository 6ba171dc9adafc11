/** What is done about an instance that nobody pauses for us. */
export interface NoticePolicy {
  /** EC2 may take the instance soon, or never: a cordon costs nothing but room. */
  rebalance: 'off' | 'cordon' | 'drain';
  /** Maintenance that AWS Health announces, days ahead. */
  scheduledChange: 'warn' | 'drain';
  /** From a change of state to the end of what the node still answers to. */
  stateChangeSeconds: number;
  /** Kept free before a spot instance is taken: its last moments are no time to evict in. */
  spotReserveSeconds: number;
}

export const defaultNoticePolicy: NoticePolicy = {
  rebalance: 'off',
  scheduledChange: 'warn',
  stateChangeSeconds: 60,
  spotReserveSeconds: 5,
};
