import { advanceRoll } from './advance.ts';
import { beginRoll, prepare, targetOf } from './begin.ts';
import { giveBack } from './give-back.ts';
import { hazardOf, unreadable } from './hazards.ts';
import { notOurs } from './ownership.ts';
import { type RollMark, readRollMark, rollTag } from './roll-mark.ts';
import type { RollDecision } from './roll-step.ts';
import { type RollObservation, standingOf } from './standing.ts';
import { close, notBegun, undoRoll } from './undo.ts';

const freshMs = 30_000;

/** What one look comes to; `stopping`: the roll is being taken back. */
export function decideRoll(observation: RollObservation, stopping: boolean): RollDecision {
  const { group, options, now, run, owned } = observation;
  const text = group.tags[rollTag];
  if (text === undefined) {
    if (owned) {
      const reason = {
        code: 'mark-gone',
        text: `the tag ${rollTag} of ${group.name} was taken away: what it remembered is lost`,
      };
      return { do: 'give-up', reason };
    }
    return (!options.undo && !stopping && beginRoll(observation)) || { do: 'finish', steps: [] };
  }
  const mark = readRollMark(text);
  if (!mark) return { do: 'refuse', reason: unreadable(group.name, text) };
  if (mark.run !== run) return notOurs(observation, mark);

  const standing = standingOf(observation, mark);
  const alive: RollDecision | undefined =
    now - mark.seenAt >= freshMs ? { do: 'act', steps: [{ kind: 'mark', mark: { ...mark, seenAt: now } }] } : undefined;
  if (stopping || options.undo) {
    return settleMove(observation, mark) ?? alive ?? undoRoll(observation, mark, standing);
  }
  const hazard = hazardOf(observation, mark.holds);
  if (hazard) return { do: 'stop', reason: hazard };
  const steps = prepare(observation, mark);
  if (steps.length > 0) return { do: 'act', steps };
  if (alive) return alive;
  const target = mark.target === undefined ? undefined : targetOf(observation);
  if (target !== undefined && target !== mark.target) {
    // A newer version meanwhile: what was new is old, too.
    const old = standing.old.length + observation.ended;
    return { do: 'act', steps: [{ kind: 'mark', mark: { ...mark, target, old } }] };
  }
  // Cordoned as old, and new again: somebody took the group back to the template of before.
  const back = notBegun(standing.fresh, mark);
  if (back.length > 0) return { do: 'act', steps: back };
  const remaining = standing.old.length + standing.leaving.length;
  if (remaining > 0) return release(mark) ?? advanceRoll(observation, mark, standing);
  return giveBack(observation, mark, standing) ?? close(observation, mark);
}

/** Launches that a roll suspended on its way back, which goes forward again. */
function release(mark: RollMark): RollDecision | undefined {
  if (!mark.holds.includes('Launch')) return undefined;
  const holds = mark.holds.filter((name) => name !== 'Launch');
  return {
    do: 'act',
    steps: [
      { kind: 'resume', process: 'Launch' },
      { kind: 'mark', mark: { ...mark, holds } },
    ],
  };
}

/** A desired capacity that was about to be moved when a process was killed: whether it was has to be known before anything else. */
function settleMove({ group }: RollObservation, mark: RollMark): RollDecision | undefined {
  const { move, ...rest } = mark;
  if (!move) return undefined;
  const raises = move.to > move.from;
  const moved = group.desired !== move.from;
  if (moved) return { do: 'act', steps: [{ kind: 'mark', mark: rest }] };
  // Not raised yet: then there is nothing to give back of it.
  if (raises) return { do: 'act', steps: [{ kind: 'mark', mark: { ...rest, surge: 0 } }] };
  return {
    do: 'act',
    steps: [
      { kind: 'set-desired', ...move },
      { kind: 'mark', mark: rest },
    ],
  };
}
