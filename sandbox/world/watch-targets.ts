import type { LoadBalancing } from '../aws/load-balancing.ts';
import type { Observer, TargetChange } from './observation.ts';

type Standing = TargetChange & { state: string };

/** Tells, each time it is called, what has changed in target groups and Classic Load Balancers. */
export function watchTargets(balancing: LoadBalancing, observe: Observer): () => void {
  let before = new Map<string, Standing>();
  return () => {
    const now = new Map(standings(balancing).map((one) => [`${one.kind} ${one.group} ${one.target}`, one]));
    const tell = (change: TargetChange) => observe({ at: Date.now(), from: 'load-balancer', change });
    for (const [key, one] of now) if (before.get(key)?.state !== one.state) tell(one);
    for (const [key, one] of before) if (!now.has(key)) tell({ ...one, state: undefined });
    before = now;
  };
}

function standings(balancing: LoadBalancing): Standing[] {
  return [
    ...balancing.groups().flatMap((group) =>
      balancing.targets(group).map(({ id, state }) => ({
        kind: 'target-group' as const,
        group: group.name,
        target: id,
        state,
      })),
    ),
    ...balancing.classics().flatMap((classic) =>
      balancing.standingOf(classic).map(({ id, state, draining }) => ({
        kind: 'classic' as const,
        group: classic.name,
        target: id,
        state: draining ? 'draining' : state,
      })),
    ),
  ];
}
