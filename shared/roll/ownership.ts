import { type RollMark, silentMs } from './roll-mark.ts';
import type { RollDecision } from './roll-step.ts';
import type { RollObservation } from './standing.ts';

/**
 * A group with the mark of another process. The same roll goes on when that process is dead; whether it is, its sign of life tells, by our
 * own clock when the two do not agree.
 */
export function notOurs({ options, now, run, owned, foreign, group }: RollObservation, mark: RollMark): RollDecision {
  const adopt: RollDecision = { do: 'act', steps: [{ kind: 'mark', mark: { ...mark, run, seenAt: now } }] };
  const who = `roll ${mark.id} of ${group.name}, begun ${ageText(now - mark.startedAt)} ago`;
  if (owned) {
    return { do: 'give-up', reason: { code: 'taken-over', text: `another process goes on with ${who}` } };
  }
  if (options.takeOver) {
    const { which } = options;
    // The selection of this command counts from now; an instant to go by is remembered only by the roll that began with it.
    if (which.kind === mark.which || options.undo) return adopt;
    if (which.kind === 'template') {
      const { before, ...rest } = mark;
      return { do: 'act', steps: [{ kind: 'mark', mark: { ...rest, which: 'template', run, seenAt: now } }] };
    }
    return {
      do: 'refuse',
      reason: {
        code: 'other-roll',
        text: `${who}, replaces ${words[mark.which]}`,
        next: 'End it first with --undo, then begin anew.',
      },
    };
  }
  if (mark.which !== options.which.kind && !options.undo) {
    return {
      do: 'refuse',
      reason: {
        code: 'other-roll',
        text: `${who}, replaces ${words[mark.which]}`,
        next: `Go on with it by the same options, take it over with --take-over, or end it with --undo.`,
      },
    };
  }
  if (now - mark.seenAt >= silentMs) return adopt;
  if (foreign && foreign.seenAt !== mark.seenAt) {
    return {
      do: 'refuse',
      reason: {
        code: 'other-process',
        text: `${who}: another process works on it now`,
        next: 'Stop that one with Ctrl-C, or pass --take-over.',
      },
    };
  }
  if (foreign && now - foreign.since >= silentMs) return adopt;
  return {
    do: 'wait',
    key: `silent ${mark.run}`,
    text: `whether another process still works on ${who} (--take-over does not wait)`,
  };
}

const words = {
  template: 'what was launched from another template',
  all: 'all instances that there were',
  'older-than': 'instances older than a given age',
};

export function ageText(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return `${Math.max(0, Math.floor(milliseconds / 1000))} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}
