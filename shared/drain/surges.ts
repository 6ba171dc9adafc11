import type { PodView } from '../lifecycle/pod.ts';
import type { SurgeTurn } from '../lifecycle/surge.ts';
import { type Workload, workloadOf } from '../lifecycle/workload.ts';

/** What this tick knows of the Deployments whose pods it may have replaced before they go. Instants are epoch milliseconds. */
export type Surges = Map<string, Surge>;

export interface Surge {
  deployment: Workload;
  /** `look`: nobody knows yet. */
  turn: Extract<SurgeTurn, { do: 'wait' }> | { do: 'look' } | { do: 'evict' };
  lookedAt: number;
  /** A look is under way. */
  looking: boolean;
  /** Looks in a row that failed. */
  failures: number;
  /** When this tick restarted it. */
  sentAt: number | undefined;
}

export function openSurges(): Surges {
  return new Map();
}

/** Of the Deployment of a pod, if it has one: by namespace and name. */
export function surgeKeyOf(pod: PodView): string | undefined {
  const workload = workloadOf(pod);
  return workload?.kind === 'deployment' ? `${workload.namespace}/${workload.name}` : undefined;
}

/** When the first of the rollouts that are waited for is given up; undefined: none is waited for. */
export function waitsUntil(surges: Surges): number | undefined {
  const instants = [...surges.values()].flatMap(({ turn }) => (turn.do === 'wait' ? [turn.until] : []));
  return instants.length > 0 ? Math.min(...instants) : undefined;
}
