import type { DrainPolicy } from '../../shared/lifecycle/policy.ts';
import { createTeller, type Listener, type Story } from './create-teller.ts';
import { type Fleet, newFleet } from './fleet.ts';
import { linesDue } from './fleet-lines.ts';
import { note } from './fleet-notes.ts';
import type { Progress } from './line.ts';

/** Counts what is observed of many nodes that go at once: a line when something is done, and one a second meanwhile. */
export function createFleetStory(known: { policy: DrainPolicy; startedAt: number }, listener: Listener): Story {
  const fleet = newFleet(known.policy);
  return createTeller(
    {
      startedAt: known.startedAt,
      linesOf: (observation) => [...note(observation, fleet), ...linesDue(fleet, observation.at)],
      progress: () => ({ startedAt: known.startedAt, ...progressOf(fleet) }),
    },
    listener,
  );
}

/** In steps: each node that is cordoned, each pod that must go, and each execution. */
function progressOf({
  instances,
  cordoned,
  pods,
  executions,
  ended,
  inFlight,
  asked,
}: Fleet): Omit<Progress, 'startedAt'> {
  const gone = pods.size - [...pods.values()].filter((state) => state !== 'gone').length;
  const nodes = `${cordoned.size} of ${instances.size} nodes cordoned`;
  const held = [...pods.values()].filter((state) => state === 'held').length;
  const moving = `${gone} of ${pods.size} pods gone, ${held} held by budgets, ${inFlight} evictions in flight`;
  const doing = gone === pods.size ? `${ended.length} of ${executions.size} drains over` : asked > 0 ? moving : nodes;
  return {
    done: cordoned.size + gone + ended.length,
    total: instances.size + pods.size + Math.max(1, executions.size),
    doing: ended.length > 0 && ended.length === executions.size ? 'over' : doing,
  };
}
