import { rebalanceRecommendation, scheduledRetirement, spotInterruption, stateChange } from './notice-event.ts';
import type { Stage } from './open-stage.ts';

type Hands = Pick<Stage, 'action' | 'aws' | 'hand' | 'until'>;

const noticeSeconds = 120;
const dayMs = 24 * 3_600_000;

// What befalls an instance in service that no hook pauses, and what AWS tells of it.

/**
 * EC2 takes a spot instance so many seconds from now, and EventBridge tells of it now: late, if that is less than the two minutes that the
 * notice speaks of. `taken` takes it, when it is time.
 */
export function interrupt(instanceId: string, seconds: number, { action, aws, hand, until }: Hands) {
  // The notice has no fractions of a second.
  const takesAt = Math.floor(Date.now() / 1000 + seconds) * 1000;
  const left = Math.round((takesAt - Date.now()) / 1000);
  const late = left < noticeSeconds - 1 ? `, which comes late: ${left} s are left` : '';
  hand(
    spotInterruption(instanceId, takesAt, action),
    `EC2 takes the spot instance ${instanceId} two minutes after this notice${late}`,
  );
  return {
    taken: async (): Promise<void> => {
      await until(() => Date.now() >= takesAt);
      aws.scaling.loseInstance(instanceId, 'terminated');
    },
  };
}

export function recommendRebalance(instanceId: string, { action, hand }: Hands): void {
  hand(rebalanceRecommendation(instanceId, Date.now(), action), `EC2 may soon take the spot instance ${instanceId}`);
}

/** Somebody stops or terminates the instance by hand, past its hooks. */
export function loseByHand(instanceId: string, to: 'stopped' | 'terminated', { action, aws, hand }: Hands): void {
  const state = to === 'stopped' ? 'stopping' : 'shutting-down';
  aws.scaling.loseInstance(instanceId, to);
  hand(stateChange(instanceId, state, Date.now(), action), `${instanceId} is ${state}, which no hook paused`);
}

/** AWS will retire the instance in so many days: EC2 has it among its scheduled events, and AWS Health tells of it. */
export function scheduleRetirement(instanceId: string, days: number, { action, aws, hand }: Hands): void {
  const details = aws.instances.get(instanceId) ?? {};
  const event = { code: 'instance-retirement', description: 'The instance runs on degraded hardware' };
  aws.instances.set(instanceId, { ...details, scheduledEvents: [...(details.scheduledEvents ?? []), event] });
  const now = Date.now();
  hand(
    scheduledRetirement(instanceId, now + days * dayMs, now, action),
    `AWS Health: ${instanceId} is to be retired in ${days} days`,
  );
}
