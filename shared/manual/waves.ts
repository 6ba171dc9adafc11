import type { NodeToDrain } from './drain-request.ts';

/** So many nodes at once, or such a part of all of them (`25%`). */
export type MaxUnavailable = number | `${number}%`;

/** Nodes of one zone; the next zone begins when all of them are done. */
export interface Wave {
  /** undefined: of nodes that name none. */
  zone: string | undefined;
  nodes: NodeToDrain[];
}

/**
 * How many nodes may be drained at the same time: a percentage is rounded down, as Kubernetes does with maxUnavailable, and is one at least.
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable
 */
export function atOnce(maxUnavailable: MaxUnavailable, nodes: number): number {
  const asked =
    typeof maxUnavailable === 'number' ? maxUnavailable : Math.floor((Number.parseFloat(maxUnavailable) * nodes) / 100);
  return Math.max(1, Math.min(asked, nodes));
}

/** Zone by zone, so that what is spread over zones loses members in one of them only. */
export function wavesOf(nodes: readonly NodeToDrain[]): Wave[] {
  const zones = new Map<string | undefined, NodeToDrain[]>();
  for (const node of nodes) zones.set(node.zone, [...(zones.get(node.zone) ?? []), node]);
  return [...zones]
    .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))
    .map(([zone, ofZone]) => ({ zone, nodes: ofZone.toSorted((a, b) => (a.name < b.name ? -1 : 1)) }));
}
