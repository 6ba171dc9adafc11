import type { EventAction } from '../../shared/lifecycle/action.ts';

/** What one message turned out to be. */
export type Reading = { found: 'actions'; actions: EventAction[] } | Ignored | Refused | Malformed;

/** A message that is none of our business. */
export interface Ignored {
  found: 'ignored';
  reason: IgnoreReason;
  text: string;
}

type IgnoreReason =
  | 'empty-batch'
  | 'subscription-message'
  | 'test-notification'
  | 'scaling-notification'
  | 'unknown-message'
  | 'unknown-source'
  | 'unknown-detail-type'
  | 'instance-stays'
  | 'instance-gone'
  | 'not-scheduled-change'
  | 'change-is-over'
  | 'no-instances'
  | 'no-state-machine';

/** A message of a stranger, or of a region that another stack works in: nothing in it is believed. */
export interface Refused {
  found: 'refused';
  reason: 'other-topic' | 'other-account' | 'other-region';
  text: string;
}

/** A message for us that cannot be read; the text names the field. */
export interface Malformed {
  found: 'malformed';
  text: string;
}

export const ignored = (reason: IgnoreReason, text: string): Ignored => ({ found: 'ignored', reason, text });
export const malformed = (text: string): Malformed => ({ found: 'malformed', text });
