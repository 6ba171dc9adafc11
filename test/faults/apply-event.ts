import { actOnDrain } from './act-on-drain.ts';
import { actOnWorld } from './act-on-world.ts';
import type { Drain } from './drain.ts';
import type { DrainEvent, TimedEvent, WorldEvent } from './event.ts';
import type { World } from './world.ts';

/** Lets an event happen. One that is about a drain that has not begun does nothing. */
export function applyEvent(world: World, event: TimedEvent): void {
  if (!isAboutDrain(event)) {
    (actOnWorld[event.is] as (world: World, event: WorldEvent) => void)(world, event);
    return;
  }
  const drain = drainFor(world, event);
  if (!drain?.action) return;
  (actOnDrain[event.is] as (drain: Drain, event: DrainEvent, world: World) => void)(drain, event, world);
}

/** What befalls processes befalls those of one of the drains that the node has then. */
function drainFor({ drains, scenario }: World, event: DrainEvent): Drain | undefined {
  const ofNode = drains.filter(({ index }) => index === event.node % scenario.nodes.length);
  const working = ofNode.filter(({ input, result }) => input && !result);
  const isOfProcess = event.is.startsWith('tick-') || event.is === 'wait-overslept';
  return isOfProcess && working.length > 0 ? working[event.at % working.length] : ofNode.find(({ notice }) => !notice);
}

function isAboutDrain(event: TimedEvent): event is DrainEvent {
  return event.is in actOnDrain;
}
