import { giveBack } from './give-back.ts';
import type { RollMark } from './roll-mark.ts';
import type { RollDecision, RollStep } from './roll-step.ts';
import type { RollObservation, Standing, StandingInstance } from './standing.ts';
import { isDrained, letGo } from './terminations.ts';

/**
 * A roll that stops. Nodes not begun are uncordoned first, so that there is room; the drained ones go, and with them the surge; then the
 * rest of it, the maximum, the suspended process and the mark.
 */
export function undoRoll(observation: RollObservation, mark: RollMark, standing: Standing): RollDecision {
  const { active } = standing;
  const back = notBegun(active, mark);
  if (back.length > 0) return { do: 'act', steps: back };
  const running = active.filter(({ drain }) => drain === 'running');
  if (running.length > 0) {
    const names = running.map(({ node, id }) => node?.name ?? id).join(', ');
    return { do: 'wait', key: 'drains', text: `for the drain of ${names}` };
  }
  const going = active.filter(isDrained);
  if (going.length > 0) return { do: 'act', steps: letGo(observation, mark, standing, going, true) };
  return giveBack(observation, mark, standing) ?? close(observation, mark);
}

/** Takes back the cordons of nodes whose drain did not begin, or took its own mark back. */
export function notBegun(instances: readonly StandingInstance[], { id }: RollMark): RollStep[] {
  return instances.flatMap((instance): RollStep[] => {
    const { node, drain } = instance;
    if (node?.cordonedBy !== id || node.drainMark || drain === 'running' || isDrained(instance)) return [];
    return [{ kind: 'uncordon', node: node.name, rollId: id }];
  });
}

/** Everything of ours in the group, the mark last. */
export function close({ group }: RollObservation, { max, holds }: RollMark): RollDecision {
  const ours = max && group.max === max.to;
  const fits = max && group.desired <= max.from;
  const steps: RollStep[] = [
    ...(ours && fits ? [{ kind: 'set-max', max: max.from } as const] : []),
    ...holds.map((name) => ({ kind: 'resume', process: name }) as const),
    { kind: 'mark', mark: undefined },
  ];
  if (!ours || fits) return { do: 'finish', steps };
  const text = `the maximum stays ${max.to} instead of ${max.from}: others raised the desired capacity to ${group.desired}`;
  return { do: 'finish', steps, left: { code: 'max-left', text } };
}
