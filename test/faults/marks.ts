import type { Node } from '../../sandbox/cluster/objects.ts';
import { isHookAction } from '../../shared/lifecycle/action.ts';
import type { Drain } from './drain.ts';
import type { World } from './world.ts';

/** What stands in a Node's annotation, as anybody can read it. */
export interface WrittenMark {
  drain: string;
  startedAt: string;
  deadlineAt: string;
  endsAt: string;
  seenAt: string;
  ours: { label: boolean; cordon: boolean };
  yields?: true;
  ended?: string;
}

export function readMark({ metadata }: Node): WrittenMark | undefined {
  const text = metadata.annotations?.['eks-node-lifecycle.io/drain'];
  return text === undefined ? undefined : (JSON.parse(text) as WrittenMark);
}

/** How a drain calls itself on the Node. */
export function idOf({ action, instanceId }: Drain): string {
  if (!action) return `${instanceId}-not-begun`;
  return isHookAction(action) ? `${instanceId}-${action.token}` : `${instanceId}-${action.kind}-${action.noticeId}`;
}

/** The drains of notices about a node. */
export function besides({ drains }: World, index: number): Drain[] {
  return drains.filter((drain) => drain.index === index && drain.notice);
}
