import type { ManualOptions } from './manual-options.ts';

/**
 * What every event is read into, and the canonical input of the state machine. It holds nothing that differs between two
 * deliveries of one event (request ids, times of sending, the channel), so that a duplicate over SNS and EventBridge is equal.
 */
export type EventAction = HookAction | NoticeAction;

/** What the drain of a node, or the launch of one, comes from. */
export type LifecycleAction = EventAction | ManualAction;

interface ActionBase {
  version: 1;
  /** Twelve digits. */
  account: string;
  region: string;
  instanceId: string;
}

/** An Auto Scaling lifecycle hook that pauses an instance until its action is completed. */
export interface HookAction extends ActionBase {
  kind: 'terminate' | 'launch';
  groupName: string;
  hookName: string;
  /** LifecycleActionToken: one for each pause of an instance by a hook. */
  token: string;
  origin?: Place;
  destination?: Place;
  /** NotificationMetadata, as the hook's owner wrote it: a free string, sometimes JSON. */
  metadata?: string;
}

/** An event that says an instance is going away, without a hook to complete. */
export interface NoticeAction extends ActionBase {
  kind: 'spot-interruption' | 'rebalance' | 'state-change' | 'scheduled-change';
  /** Spot's `instance-action`, a state change's `state`, or AWS Health's event type code. */
  detail?: string;
  /** ISO 8601; when it happens, where the event says so. */
  at?: string;
  /** Names one notice of an instance: EventBridge's event id, or AWS Health's event ARN and the time that it gives. */
  noticeId: string;
}

/** Somebody asked for the drain of one node; nothing says that its instance goes. */
export interface ManualAction extends ActionBase {
  kind: 'manual';
  /** The node's name, where it is no EC2 instance. */
  instanceId: string;
  cluster: string;
  node: string;
  /** One request may name many nodes. */
  requestId: string;
  /** Who asked, for a person. */
  requestedBy?: string;
  options: ManualOptions;
}

/** Is there a hook that pauses the instance until somebody completes its action? */
export function isHookAction(action: LifecycleAction): action is HookAction {
  return 'token' in action;
}

export type Place = 'EC2' | 'AutoScalingGroup' | 'WarmPool';
