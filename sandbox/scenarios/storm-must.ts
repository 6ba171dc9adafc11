import { shareOf } from '../../shared/lifecycle/eviction-room.ts';
import type { Budget, Node } from '../cluster/objects.ts';
import type { Observation } from '../world/observation.ts';
import type { Outcome } from './scenario.ts';

type Seen<F extends Observation['from']> = Extract<Observation, { from: F }>;

function allOf<F extends Observation['from']>(from: F, { seen }: Outcome): Seen<F>[] {
  return seen.filter((each): each is Seen<F> => each.from === from);
}

export function cordonsCameFirst(outcome: Outcome, count: number): boolean {
  const cordonedAt = new Map<string, number>();
  for (const { at, change } of allOf('kubernetes', outcome)) {
    const { metadata, spec } = change.object as Node;
    if (change.resource !== 'nodes' || !spec.unschedulable || cordonedAt.has(metadata.name)) continue;
    cordonedAt.set(metadata.name, at);
  }
  const firstAt = allOf('eviction', outcome)[0]?.at ?? 0;
  return cordonedAt.size === count && Math.max(...cordonedAt.values()) <= firstAt;
}

export function drainedOnce(outcome: Outcome, pods: number): boolean {
  const accepted = allOf('eviction', outcome).flatMap(({ eviction }) =>
    eviction.status === 201 ? [eviction.pod] : [],
  );
  const going = new Set(
    outcome.cluster.list('nodes').flatMap((node) => (node.spec.unschedulable ? [node.metadata.name] : [])),
  );
  const left = outcome.cluster.list('pods', 'shop').filter(({ spec }) => going.has(spec.nodeName ?? ''));
  return accepted.length === pods && new Set(accepted).size === pods && left.length === 0;
}

/** Nobody's share grows before the first of the drains is over. */
export function inFlightWithin(outcome: Outcome, most: number, count: number): boolean {
  const inFlight = new Map<string, number>();
  const firstEndAt = allOf('tick', outcome).find(({ output }) => output.status === 'done')?.at ?? 0;
  return allOf('eviction', outcome).every(({ at, eviction: { nodeName = '', status } }) => {
    inFlight.set(nodeName, (inFlight.get(nodeName) ?? 0) + (status === undefined ? 1 : -1));
    const counts = [...inFlight.values()];
    const fair = at > firstEndAt || Math.max(...counts) <= shareOf(most, count);
    return fair && counts.reduce((sum, each) => sum + each) <= most;
  });
}

export function budgetsKept(outcome: Outcome): boolean {
  const budgets = allOf('kubernetes', outcome).flatMap(({ change }) =>
    change.resource === 'poddisruptionbudgets' ? [change.object as Budget] : [],
  );
  const forced = allOf('log', outcome).filter(({ line }) => line.message === 'pod deleted past its budget');
  const kept = budgets.every(({ status }) => status.currentHealthy >= status.desiredHealthy);
  return budgets.length > 0 && kept && forced.length === 0;
}
