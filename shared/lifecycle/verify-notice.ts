import type { NoticeAction } from './action.ts';
import type { End } from './end.ts';
import { ignoredEnd } from './ends.ts';
import type { NoticePolicy } from './notice-policy.ts';

/** What EC2 says of the instance, as far as a notice needs it. */
export interface NoticeFacts {
  /** undefined: EC2 does not know the instance (any more). */
  instance: { state: string; isSpot: boolean } | undefined;
  /** Codes of its scheduled events that are still to come; asked for a scheduled change only. */
  scheduledEvents: readonly string[];
}

export type VerifiedNotice =
  | {
      verdict: 'go';
      /** When the instance goes, epoch milliseconds; undefined: nobody knows, or it may stay. */
      goesAt: number | undefined;
      does: 'warn' | 'cordon' | 'drain';
      /** For a person. */
      text: string;
    }
  | { verdict: 'look-again'; text: string }
  | { verdict: 'end'; end: End };

const goes = new Set(['stopping', 'shutting-down']);

/**
 * Is what the notice says true, as far as EC2 can tell, and is it to be acted on? A notice that was forged, or replayed when its time had
 * passed, must not drain a healthy node; one whose node is marked already was believed before. Instants are epoch milliseconds.
 */
export function verifyNotice(
  action: Pick<NoticeAction, 'kind' | 'instanceId' | 'at' | 'detail'>,
  facts: NoticeFacts,
  policy: NoticePolicy,
  progress: { looks: number; marked: boolean; startedAt: number; now: number },
): VerifiedNotice {
  const { kind, instanceId } = action;
  const at = action.at === undefined ? undefined : Date.parse(action.at);
  const { instance } = facts;
  if (!instance || instance.state === 'terminated' || instance.state === 'stopped') {
    return ignore('instance-gone', `${instanceId} is ${instance?.state ?? 'unknown to EC2'}: nothing is left to drain`);
  }
  switch (kind) {
    case 'state-change': {
      if (goes.has(instance.state)) {
        const goesAt = (at ?? progress.now) + policy.stateChangeSeconds * 1000;
        return { verdict: 'go', goesAt, does: 'drain', text: `${instanceId} is ${instance.state}` };
      }
      const text = `EC2 says that ${instanceId} is ${instance.state}, not ${action.detail}`;
      return progress.looks < 2 ? { verdict: 'look-again', text } : ignore('healthy-instance', text);
    }
    case 'spot-interruption': {
      if (!instance.isSpot) return ignore('not-spot', `${instanceId} is no spot instance`);
      if (!progress.marked && at !== undefined && progress.now >= at && !goes.has(instance.state)) {
        return ignore('notice-over', `${instanceId} was to be interrupted at ${action.at}, and is ${instance.state}`);
      }
      const goesAt = at === undefined ? undefined : at - policy.spotReserveSeconds * 1000;
      return {
        verdict: 'go',
        goesAt,
        does: 'drain',
        text: `EC2 takes the spot instance ${instanceId} at ${action.at}`,
      };
    }
    case 'rebalance': {
      if (!instance.isSpot) return ignore('not-spot', `${instanceId} is no spot instance`);
      if (policy.rebalance === 'off') return ignore('rebalance-off', 'rebalance recommendations are not acted on');
      const text = `EC2 may soon take the spot instance ${instanceId}`;
      return { verdict: 'go', goesAt: undefined, does: policy.rebalance, text };
    }
    case 'scheduled-change': {
      if (facts.scheduledEvents.length === 0 && !progress.marked) {
        const text = `EC2 has no scheduled event for ${instanceId} that is still to come (${action.detail})`;
        return progress.looks < 2 ? { verdict: 'look-again', text } : ignore('nothing-scheduled', text);
      }
      const events = facts.scheduledEvents.join(', ');
      const when = action.at === undefined ? '' : ` at ${action.at}`;
      const text = `AWS has scheduled ${events} for ${instanceId}${when}`;
      // Its time may be over and the event still to come: then nobody knows when.
      const goesAt = at !== undefined && at > progress.startedAt ? at : undefined;
      return { verdict: 'go', goesAt, does: policy.scheduledChange, text };
    }
  }
}

function ignore(code: string, text: string): VerifiedNotice {
  return { verdict: 'end', end: ignoredEnd(code, text) };
}
