import { hazardOf, keptOf, nowhereOf } from './hazards.ts';
import { sourceText } from './old-instances.ts';
import type { RollMark } from './roll-mark.ts';
import { shareOf } from './roll-request.ts';
import type { RollDecision, RollStep, StopReason } from './roll-step.ts';
import { type RollObservation, standingOf } from './standing.ts';

/** Other processes may end and start instances; this one would do so to keep zones even, and choose which. */
const rebalance = 'AZRebalance';
const longestTarget = 32;

/** A group without a mark: what is to be done with it. undefined: nothing. */
export function beginRoll(observation: RollObservation): RollDecision | undefined {
  const { options, group, now, run, newId, versions } = observation;
  const hazard = hazardOf(observation, []);
  if (hazard) return { do: 'refuse', reason: hazard };
  const { kind } = options.which;
  const before = beforeOf(observation);
  const standing = standingOf(observation, { which: kind, ...(before !== undefined && { before }) });
  if (standing.old.length === 0) return undefined;
  const kept = keptOf(standing, group.name) ?? nowhereOf(observation, standing.old);
  if (kept) return { do: 'refuse', reason: kept };
  const surge = surgeOf(observation);
  if (typeof surge !== 'number') return { do: 'refuse', reason: surge };

  const { desired, max } = group;
  const mark: RollMark = {
    id: newId,
    run,
    which: kind,
    ...(before !== undefined && { before }),
    ...(kind === 'template' && { target: targetOf(observation) }),
    old: standing.old.length,
    base: desired,
    surge,
    ...(surge > 0 && { move: { from: desired, to: desired + surge } }),
    holds: group.suspended.includes(rebalance) ? [] : [rebalance],
    ...(desired + surge > max && { max: { from: max, to: desired + surge } }),
    startedAt: now,
    seenAt: now,
  };
  const plan = {
    old: standing.old.map(({ id, node, zone, old }) => ({
      instanceId: id,
      ...(node && { node: node.name }),
      zone,
      why: old ?? '',
    })),
    desired,
    surge,
    atOnce: shareOf(options.maxUnavailable, desired, 'down'),
    ...(mark.max && { raisesMaxTo: mark.max.to }),
    target: group.launches.from ? sourceText(group.launches.from, versions) : 'what the group launches',
  };
  return { do: 'begin', plan, steps: [{ kind: 'mark', mark }, ...prepare(observation, mark)] };
}

/** Short enough for a tag, and without what a tag may not have. */
export function targetOf({ group: { launches }, versions }: Pick<RollObservation, 'group' | 'versions'>): string {
  if (!launches.from) return 'none';
  const text = 'configuration' in launches.from ? launches.from.configuration : sourceText(launches.from, versions);
  return text.replace(/[^\w.:/-]/g, '-').slice(0, longestTarget);
}

/** What has to be so while a roll is under way, and is not, or not yet. */
export function prepare({ group }: RollObservation, mark: RollMark): RollStep[] {
  const steps: RollStep[] = [];
  const { move, ...rest } = mark;
  const { max } = mark;
  if (mark.holds.includes(rebalance) && !group.suspended.includes(rebalance)) {
    steps.push({ kind: 'suspend', process: rebalance });
  }
  if (max && group.max === max.from) steps.push({ kind: 'set-max', max: max.to });
  if (move && group.desired === move.from) steps.push({ kind: 'set-desired', ...move });
  if (move) steps.push({ kind: 'mark', mark: rest });
  return steps;
}

/**
 * The instant before which an instance is old. For all of them it is taken from EC2's own clock: just after the youngest, which is to the
 * second, as EC2 tells it.
 */
function beforeOf({ options: { which }, launchTimes, now }: RollObservation): number | undefined {
  if (which.kind === 'template') return undefined;
  if (which.kind === 'older-than') return Math.floor((now - which.seconds * 1000) / 1000) * 1000;
  return Math.floor(Math.max(0, ...launchTimes.values()) / 1000) * 1000 + 1000;
}

function surgeOf({ options, group }: RollObservation): number | StopReason {
  const { desired, max, name } = group;
  if (options.noSurge) return 0;
  const atOnce = shareOf(options.maxUnavailable, desired, 'down');
  const wished = options.surge ? shareOf(options.surge, desired, 'up') : atOnce;
  const room = max - desired;
  if (options.raiseMax) return wished;
  if (room > 0) return Math.min(wished, room);
  return {
    code: 'no-room',
    text: `${name} is at its maximum of ${max}: there is no room for an instance more`,
    next: `--raise-max lets it be ${desired + wished} while the roll goes on; --no-surge drains first and replaces then.`,
  };
}
