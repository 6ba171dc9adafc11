import { nowhereOf } from './hazards.ts';
import type { RollMark } from './roll-mark.ts';
import type { RollDecision, RollStep } from './roll-step.ts';
import type { RollObservation, Standing, StandingInstance } from './standing.ts';
import { hasFailed, isDrained, letGo } from './terminations.ts';

const launch = 'Launch';

/**
 * Takes what is left of the surge off the desired capacity, so that Auto Scaling has nothing to choose: what is not launched yet by lowering
 * it, with launches suspended meanwhile; then what is drained, what never served, and the newest that nobody needs. undefined: nothing is
 * left to give back.
 */
export function giveBack(observation: RollObservation, mark: RollMark, standing: Standing): RollDecision | undefined {
  const { group, givers } = observation;
  const { active, missing } = standing;
  const surge = Math.min(standing.surge, group.desired - group.min);
  if (surge <= 0) return undefined;
  if (missing > 0) {
    if (!group.suspended.includes(launch)) {
      return { do: 'act', steps: [hold(mark), { kind: 'suspend', process: launch }] };
    }
    const to = group.desired - Math.min(surge, missing);
    const move = { from: group.desired, to };
    const after = { ...mark, surge: standing.surge - (group.desired - to) };
    return {
      do: 'act',
      steps: [
        { kind: 'mark', mark: { ...after, move } },
        { kind: 'set-desired', ...move },
        { kind: 'mark', mark: after },
      ],
    };
  }

  const failed = active.find((instance) => hasFailed(instance) && givers.has(instance.id));
  if (failed && typeof failed.drain === 'object') {
    const about = failed.node?.name ?? failed.id;
    const text = `${about} was to give back its place, and could not be drained: ${failed.drain.text}`;
    return { do: 'give-up', reason: { code: 'surge-left', about, text } };
  }
  const chosen = active
    .filter((instance) => !hasFailed(instance))
    .sort(leastNeeded)
    .slice(0, surge);
  const nowhere = nowhereOf(observation, active);
  if (nowhere || chosen.length === 0) {
    const text = 'there is no instance left that could give back its place';
    return { do: 'give-up', reason: nowhere ?? { code: 'surge-left', text } };
  }
  const ready = chosen.filter((instance) => isDrained(instance) || !instance.node);
  if (ready.length > 0) return { do: 'act', steps: letGo(observation, mark, standing, ready, true) };
  const next = chosen.filter(({ drain }) => !drain);
  if (next.length > 0) return { do: 'act', steps: next.flatMap(drainStep) };
  return {
    do: 'wait',
    key: 'drains',
    text: `for the drain of ${chosen.map(({ node, id }) => node?.name ?? id).join(', ')}`,
  };
}

function hold(mark: RollMark): RollStep {
  return { kind: 'mark', mark: { ...mark, holds: [...new Set([...mark.holds, launch])] } };
}

function drainStep({ id, node }: StandingInstance): RollStep[] {
  return node
    ? [{ kind: 'drain', node: node.name, instanceId: id, why: 'it gives back the place of the surge', givesBack: true }]
    : [];
}

const rank = (instance: StandingInstance) => {
  if (isDrained(instance)) return 0;
  if (instance.drain) return 1;
  if (!instance.node) return 2;
  if (instance.old === undefined) return instance.serves ? 4 : 3;
  return 5;
};

const leastNeeded = (a: StandingInstance, b: StandingInstance) => rank(a) - rank(b) || (a.id < b.id ? 1 : -1);
