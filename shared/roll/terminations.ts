import type { RollMark } from './roll-mark.ts';
import type { RollStep } from './roll-step.ts';
import type { RollObservation, Standing, StandingInstance } from './standing.ts';

/**
 * Lets instances go that are drained. Auto Scaling chooses an instance itself whenever the desired capacity is lower than what there is,
 * so that must never be:
 * - The desired capacity is raised once, by the surge. That is the only number this program sets while a roll goes well, so it can
 *   overwrite what an autoscaler sets only in that instant.
 * - An old instance is terminated by name. While more old ones remain than surge, without a decrement: desired stays, one is missing, and
 *   Auto Scaling launches its successor. Terminating with a decrement and raising again would set a number for each.
 * - The last ones, as many as the surge, go with a decrement: count and desired fall together, and nothing is left to choose. Then desired
 *   is what it was, or what others made of it.
 * - Which one takes a share of the surge with it is written down before: a process that is killed in between finds the instance still in
 *   service, and the share not given, or gone, and the share with it.
 * - What is left of the surge when others ended old instances is given back in the same way, by an instance that is drained first.
 */
export function letGo(
  { group }: RollObservation,
  mark: RollMark,
  { old, surge }: Standing,
  going: readonly StandingInstance[],
  givesBack: boolean,
): RollStep[] {
  const steps: RollStep[] = [];
  let remaining = old.length;
  let left = surge;
  let { desired } = group;
  let written = mark;
  for (const { id, node } of going) {
    const decrement = left > 0 && desired > group.min && (givesBack || remaining <= left);
    const { giving, ...rest } = written;
    if (decrement) {
      left -= 1;
      desired -= 1;
      written = { ...rest, surge: left, giving: id };
      steps.push({ kind: 'mark', mark: written });
    } else if (giving === id) {
      written = { ...rest, surge: left };
      steps.push({ kind: 'mark', mark: written });
    }
    steps.push({ kind: 'terminate', instanceId: id, ...(node && { node: node.name }), decrement });
    remaining -= 1;
  }
  return steps;
}

export const isDrained = ({ drain }: StandingInstance): boolean => typeof drain === 'object' && drain.ok;
export const hasFailed = ({ drain }: StandingInstance): boolean => typeof drain === 'object' && !drain.ok;
