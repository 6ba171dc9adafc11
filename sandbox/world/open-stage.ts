import { realClock } from '../../shared/adapters/real-clock.ts';
import { readEvent } from './delivered-event.ts';
import { type Channel, hookEvent } from './hook-delivery.ts';
import type { Observer } from './observation.ts';
import type { World } from './open-world.ts';

/** What the script of a scenario works with. */
export interface Stage extends Pick<World, 'action' | 'aws' | 'cluster' | 'nodeRoleArn'> {
  /** Hands a file of events/ to the intake, as it is. */
  deliver(file: string): Promise<void>;
  /** From now on Auto Scaling's own messages reach the intake, by each of these channels; a later call changes them. */
  listen(...channels: Channel[]): void;
  /** Hands an event to the intake as EventBridge does, without waiting for it; the text says what it tells. */
  hand(event: object, text: string): void;
  /** Until it is so. */
  until(holds: () => boolean): Promise<void>;
  /** Until no message is on its way and no execution runs. Throws what a delivery failed with. */
  settled(): Promise<void>;
  pause(seconds: number): Promise<void>;
}

const everyMs = 50;

interface Seeing {
  observe: Observer;
  /** Tells what has become of the instances. */
  look: () => void;
}

/** Everything on it ends with the signal. */
export function openStage(world: World, { observe, look }: Seeing, signal: AbortSignal): Stage {
  const { action, aws, cluster, nodeRoleArn, intake, machine } = world;
  const { topicArn, region } = action;
  const onTheWay = new Set<Promise<unknown>>();
  let channels: readonly Channel[] = [];

  aws.scaling.onNotification((notification) => {
    look();
    const { EC2InstanceId: instanceId, LifecycleTransition } = notification;
    const transition = LifecycleTransition.endsWith('LAUNCHING') ? 'launch' : 'terminate';
    for (const channel of channels) {
      observe({ at: Date.now(), from: 'notification', instanceId, transition, channel });
      send(hookEvent(notification, channel, { topicArn, region }));
    }
  });

  const send = (event: unknown) => {
    const delivery = intake.invoke(event, signal);
    onTheWay.add(delivery);
    // It stays in the set when it fails, for `settled` to throw.
    delivery.then(
      () => onTheWay.delete(delivery),
      () => {},
    );
  };

  const until = async (holds: () => boolean) => {
    while (!holds()) await realClock.sleep(everyMs, signal);
  };

  return {
    action,
    aws,
    cluster,
    nodeRoleArn,
    until,
    deliver: async (file) => {
      observe({ at: Date.now(), from: 'delivery', file });
      await intake.invoke(readEvent(file), signal);
    },
    listen: (...by) => {
      channels = by;
    },
    hand: (event, text) => {
      observe({ at: Date.now(), from: 'notice', text });
      send(event);
    },
    settled: async () => {
      do {
        await Promise.all(onTheWay);
        await machine.idle();
      } while (onTheWay.size > 0);
    },
    pause: (seconds) => realClock.sleep(seconds * 1000, signal),
  };
}
