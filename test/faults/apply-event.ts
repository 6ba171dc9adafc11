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
  const drain = world.drains[event.node % world.drains.length];
  if (!drain?.action) return;
  (actOnDrain[event.is] as (drain: Drain, event: DrainEvent, world: World) => void)(drain, event, world);
}

function isAboutDrain(event: TimedEvent): event is DrainEvent {
  return event.is in actOnDrain;
}
