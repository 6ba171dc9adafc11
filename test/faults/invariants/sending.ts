import type { KubeRequest } from '../../../shared/adapters/kube-transport.ts';
import type { Answered } from '../journal.ts';
import type { Tick } from '../tick.ts';
import type { World } from '../world.ts';

const inFlight = new WeakMap<Tick, number>();

/** A tick that has answered sends nothing more, and has no more evictions in flight than the policy allows. */
export function sendingIsLawful(world: World, tick: Tick, request: KubeRequest, call: string): void {
  const { journal, clock, policy } = world;
  if (tick.ended) {
    journal.violate('nothing after the answer', clock.now(), `${tick.name} sends ${request.method} ${request.path}`);
  }
  if (call !== 'evicting a pod') return;
  const count = (inFlight.get(tick) ?? 0) + 1;
  inFlight.set(tick, count);
  if (count > policy.maxInFlight) {
    journal.violate(
      'evictions in flight',
      clock.now(),
      `${tick.name} has ${count} in flight, ${policy.maxInFlight} are allowed`,
    );
  }
}

export function settleSent({ tick, call }: Answered): void {
  if (call === 'evicting a pod') inFlight.set(tick, (inFlight.get(tick) ?? 0) - 1);
}
