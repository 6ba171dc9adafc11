import type { NodeTerm } from '../lifecycle/daemon-set.ts';
import { openCompany } from './company.ts';
import { findNeighbours } from './neighbours.ts';
import { nodeRefusal } from './node-refusal.ts';
import { measureFree } from './room.ts';
import type { PlanNode, PlanPod } from './snapshot.ts';

/** Where a pod's replacement could go: an estimate, since the scheduler weighs more than this and others take room meanwhile. */
export type Placement =
  | { kind: 'fits'; nodeName: string }
  /** As the scheduler would put it. */
  | { kind: 'pending'; text: string }
  | { kind: 'not-simulated'; text: string };

export interface Move {
  pod: PlanPod;
  /** Of each volume that its replacement mounts, too; undefined: they cannot be read. */
  volumes: readonly (readonly NodeTerm[])[] | undefined;
}

export interface PlacementQuestion {
  nodes: readonly PlanNode[];
  /** Cordoned before the first of them is drained: nothing goes there. */
  targets: ReadonlySet<string>;
  /** Every pod that keeps its place. */
  staying: readonly PlanPod[];
  moves: readonly Move[];
}

/** The largest pods first, each to the node that it fills most: what fits this way fits, and what does not may still fit another way. */
export function placePods({ nodes, targets, staying, moves }: PlacementQuestion): Map<string, Placement> {
  const room = measureFree(
    nodes,
    staying,
    moves.map(({ pod }) => pod),
  );
  const others = findNeighbours(nodes, staying);
  const open = openNodes(nodes, targets);
  const companyOf = openCompany(nodes, targets, others);
  const pendingAlike = new Map<string, Placement>();
  const placements = new Map<string, Placement>();
  for (const { pod, volumes } of largestFirst(moves, nodes)) placements.set(pod.uid, place(pod, volumes));
  return placements;

  function place(pod: PlanPod, volumes: Move['volumes']): Placement {
    const [unknown] = pod.notSimulated;
    if (unknown !== undefined) return { kind: 'not-simulated', text: unknown };
    if (!volumes) return { kind: 'not-simulated', text: 'where its volumes can be attached is not known' };
    const alike = alikeKey(pod, volumes);
    const before = pendingAlike.get(alike);
    if (before) return before;
    const { candidates, refused } = open(pod, volumes);
    const company = companyOf(pod);
    const need = room.need(pod);
    let best = -1;
    let fullest = -1;
    for (const index of candidates) {
      const fullness = room.fullness(index, need);
      if (fullness === undefined || fullness <= fullest || company(nodes[index] as PlanNode)) continue;
      best = index;
      fullest = fullness;
    }
    const chosen = nodes[best];
    if (!chosen) {
      const full = candidates.flatMap((index) => {
        const refusals = room.refusals(index, need);
        return refusals.length > 0 ? refusals : [company(nodes[index] as PlanNode) ?? ''];
      });
      const pending: Placement = { kind: 'pending', text: inSchedulersWords(nodes.length, refused, full) };
      // Room only shrinks; what pods ask about others may turn.
      if (pod.spreads.length + pod.podAffinity.length === 0) pendingAlike.set(alike, pending);
      return pending;
    }
    room.take(best, need);
    others.add(pod, best);
    return { kind: 'fits', nodeName: chosen.name };
  }
}

/** Pods with the same answer fit in the same places. */
function alikeKey(pod: PlanPod, volumes: Move['volumes']): string {
  const { namespace, labels, requests, hostPorts, nodeSelector, nodeTerms, tolerations, podAntiAffinity } = pod;
  const asked = [requests, hostPorts, nodeSelector, nodeTerms, tolerations, podAntiAffinity];
  return JSON.stringify([namespace, labels, pod.spreads, pod.podAffinity, volumes, ...asked]);
}

/** Nodes that pods like this one may go to, asked once for all that are alike. */
function openNodes(nodes: readonly PlanNode[], targets: ReadonlySet<string>) {
  const known = new Map<string, { candidates: number[]; refused: Map<string, number> }>();
  return ({ nodeSelector, nodeTerms, tolerations }: PlanPod, volumes: readonly (readonly NodeTerm[])[]) => {
    const wants = { nodeSelector, nodeTerms, tolerations, volumes };
    const key = JSON.stringify(wants);
    const before = known.get(key);
    if (before) return before;
    const candidates: number[] = [];
    const refused = new Map<string, number>();
    for (const [index, node] of nodes.entries()) {
      const refusal = nodeRefusal(wants, node, targets.has(node.name));
      if (refusal === undefined) candidates.push(index);
      else refused.set(refusal, (refused.get(refusal) ?? 0) + 1);
    }
    const found = { candidates, refused };
    known.set(key, found);
    return found;
  };
}

function largestFirst(moves: readonly Move[], nodes: readonly PlanNode[]): Move[] {
  const largest: Record<string, number> = {};
  for (const { allocatable } of nodes)
    for (const [name, amount] of Object.entries(allocatable)) largest[name] = Math.max(largest[name] ?? 0, amount);
  const sized = moves.map((move) => {
    const shares = Object.entries(move.pod.requests).map(([name, amount]) => amount / (largest[name] || amount || 1));
    return { move, size: Math.max(0, ...shares) };
  });
  return sized.sort((a, b) => b.size - a.size).map(({ move }) => move);
}

function inSchedulersWords(total: number, refused: ReadonlyMap<string, number>, full: readonly string[]): string {
  const counts = new Map(refused);
  for (const refusal of full) counts.set(refusal, (counts.get(refusal) ?? 0) + 1);
  const reasons = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([refusal, count]) => `${count} ${refusal}`);
  return `0/${total} nodes are available: ${reasons.join(', ')}`;
}
