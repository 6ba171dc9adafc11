import { keptOf, nowhereOf } from './hazards.ts';
import { nextNodes } from './next-nodes.ts';
import type { RollMark } from './roll-mark.ts';
import { shareOf } from './roll-request.ts';
import type { RollDecision, RollStep, StopReason } from './roll-step.ts';
import type { RollObservation, Standing } from './standing.ts';
import { hasFailed, isDrained, letGo } from './terminations.ts';
import { waitForReady } from './wait-for-ready.ts';

/** A roll under way, with old instances in the group or on their way out of it. */
export function advanceRoll(observation: RollObservation, mark: RollMark, standing: Standing): RollDecision {
  const { group, options, now, waiting } = observation;
  const { old, fresh, leaving, serving } = standing;

  const failed = old.find(hasFailed);
  if (failed && typeof failed.drain === 'object') {
    const about = failed.node?.name ?? failed.id;
    const reason = { code: 'drain-failed', about, text: `${about}: ${failed.drain.text}` };
    const next = `${about} stays cordoned: the same command goes on, enl drain stop ${about} takes our marks back.`;
    return { do: 'stop', reason: failed.drain.reason === 'deadline' ? { ...reason, next } : reason };
  }
  const more = moreOld(observation, mark, standing);
  if (more) return { do: 'stop', reason: more };
  const kept = keptOf(standing, group.name) ?? nowhereOf(observation, old);
  if (kept) return { do: 'stop', reason: kept };

  const going = old.filter(isDrained);
  if (going.length > 0) return { do: 'act', steps: letGo(observation, mark, standing, going, false) };

  const atOnce = shareOf(options.maxUnavailable, mark.base, 'down');
  const running = old.filter(({ drain }) => drain === 'running').length;
  // Past its hooks an instance only shuts down: its successor has to be ready, and that is counted.
  const held = leaving.filter(({ lifecycleState }) => lifecycleState !== 'Terminating:Proceed');
  const free = atOnce - running - held.length;
  const base = Math.min(mark.base, group.desired - standing.surge);
  const spare = serving - (base + standing.surge - atOnce);
  const surged = fresh.filter(({ serves }) => serves).length >= standing.surge || isCordoned(standing, mark);
  const missing = standing.missing + fresh.filter(({ serves }) => !serves).length;
  const next = surged || missing === 0 ? nextNodes(standing, { free, spare }) : [];

  if (next.length > 0) {
    // An instance that never became a node has nothing to drain.
    const absent = next.filter(({ node }) => !node);
    const steps = letGo(observation, mark, standing, absent, false);
    return { do: 'act', steps: [...steps, ...cordons(standing, mark, next), ...drainsOf(next)] };
  }
  if (running > 0)
    return { do: 'wait', key: 'drains', text: drainText(old.filter(({ drain }) => drain === 'running')) };
  if (leaving.length > 0) {
    const names = leaving.map(({ id, lifecycleState }) => `${id} (${lifecycleState})`).join(', ');
    const key = `gone ${leaving.map(({ id }) => id).join(' ')}`;
    const text = `until ${names} ${leaving.length === 1 ? 'is' : 'are'} gone`;
    if (waiting?.key === key && now - waiting.since >= options.goneTimeoutSeconds * 1000) {
      const next = `See who completes its lifecycle hook: aws autoscaling describe-lifecycle-hooks --auto-scaling-group-name ${group.name}`;
      return {
        do: 'stop',
        reason: { code: 'not-gone', text: `still there after ${options.goneTimeoutSeconds} s: ${names}`, next },
      };
    }
    return { do: 'wait', key, text };
  }
  return waitForReady(observation, standing);
}

/** Replacing them would have no end. */
function moreOld({ ended }: RollObservation, mark: RollMark, { old }: Standing): StopReason | undefined {
  if (old.length + ended <= mark.old) return undefined;
  const last = old.at(-1);
  return {
    code: 'new-are-old',
    ...(last && { about: last.id }),
    text: `${old.length + ended - mark.old} more old than there were: new instances come up old, too (${last?.id} ${last?.old})`,
    next: 'See what the group launches from, a warm pool that it had, and who else adds instances.',
  };
}

/** All old ones as soon as there is a new node to go to; without one only those whose turn it is, or their pods would find no place at all. */
function cordons({ old, fresh }: Standing, mark: RollMark, next: Standing['old']): RollStep[] {
  const some = fresh.some(({ serves }) => serves) ? old : next;
  return some.flatMap(({ node }) =>
    node && !node.unschedulable ? [{ kind: 'cordon', node: node.name, rollId: mark.id } as const] : [],
  );
}

function drainsOf(next: Standing['old']): RollStep[] {
  return next.flatMap(({ id, node, old = '' }) =>
    node ? [{ kind: 'drain', node: node.name, instanceId: id, why: old, givesBack: false } as const] : [],
  );
}

const isCordoned = ({ old }: Standing, { id }: RollMark) => old.some(({ node }) => node?.cordonedBy === id);

const drainText = (running: Standing['old']) =>
  `for the drain of ${running.map(({ node, id }) => node?.name ?? id).join(', ')}`;
