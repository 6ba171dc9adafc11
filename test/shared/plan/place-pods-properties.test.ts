import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NodeTerm } from '../../../shared/lifecycle/daemon-set.ts';
import { type PlacementQuestion, placePods } from '../../../shared/plan/place-pods.ts';
import type { PlanNode, PlanPod } from '../../../shared/plan/snapshot.ts';
import { anyQuestion } from './any-cluster.ts';

interface Placed {
  pod: PlanPod;
  node: PlanNode;
  volumes: readonly (readonly NodeTerm[])[];
}

/** Checks every answer; of those that were placed, with the node that they go to. */
function holds(check: (placed: Placed[], question: PlacementQuestion) => void): void {
  fc.assert(
    fc.property(anyQuestion, (question) => {
      const placements = placePods(question);
      const placed = question.moves.flatMap(({ pod, volumes = [] }) => {
        const placement = placements.get(pod.uid);
        const node = question.nodes.find(({ name }) => placement?.kind === 'fits' && name === placement.nodeName);
        return node ? [{ pod, node, volumes }] : [];
      });
      check(placed, question);
    }),
    { numRuns: 300 },
  );
}

const on = (pods: readonly PlanPod[], { name }: PlanNode) => pods.filter(({ nodeName }) => nodeName === name);
const label = ({ labels }: PlanNode, key: string) => labels[key];

/** The rules of node affinity, said once more. */
function isIn(node: PlanNode, terms: readonly NodeTerm[]): boolean {
  return terms.some(
    ({ labels }) =>
      labels.length > 0 &&
      labels.every(({ key, operator, values }) => {
        const has = Object.hasOwn(node.labels, key);
        const listed = has && values.includes(node.labels[key] ?? '');
        return { In: listed, NotIn: !listed, Exists: has, DoesNotExist: !has }[operator];
      }),
  );
}

test('every pod is answered once, and none goes to a target or to a node that takes none', () => {
  holds((placed, { targets, moves, ...question }) => {
    expect(placePods({ ...question, targets, moves }).size).toBe(moves.length);
    for (const { node, pod } of placed) {
      expect(targets.has(node.name)).toBe(false);
      expect(node.ready).toBe('True');
      expect(!node.unschedulable || pod.tolerations.some(({ key }) => key === undefined)).toBe(true);
      const [taint] = node.taints.filter(({ effect }) => effect !== 'PreferNoSchedule');
      const lets = pod.tolerations.some(({ effect }) => effect === undefined || effect === taint?.effect);
      expect(taint === undefined || lets).toBe(true);
    }
  });
});

test('no node is filled over what it has, and no port of it is taken twice', () => {
  holds((placed, { nodes, staying }) => {
    for (const node of nodes) {
      const come = placed.filter((each) => each.node === node).map(({ pod }) => pod);
      const all = [...on(staying, node), ...come];
      for (const name of ['cpu', 'pods', 'nvidia.com/gpu']) {
        const asked = come.some(({ requests }) => (requests[name] ?? 0) > 0);
        const sum = all.reduce((total, { requests }) => total + (requests[name] ?? 0), 0);
        if (asked) expect(sum).toBeLessThanOrEqual(node.allocatable[name] ?? 0);
      }
      if (come.some(({ hostPorts }) => hostPorts.length > 0))
        expect(all.filter(({ hostPorts }) => hostPorts.length > 0)).toHaveLength(1);
    }
  });
});

test('a pod goes only where its labels, its node affinity and its volumes let it', () => {
  holds((placed) => {
    for (const { pod, node, volumes } of placed) {
      expect(node.labels).toMatchObject(pod.nodeSelector);
      expect(pod.nodeTerms === undefined || isIn(node, pod.nodeTerms)).toBe(true);
      expect(volumes.every((terms) => isIn(node, terms))).toBe(true);
    }
  });
});

test('no pod shares a place with one that either of them wants to be without', () => {
  holds((placed, { nodes, staying }) => {
    const stay = staying.flatMap((pod) => {
      const node = nodes.find(({ name }) => name === pod.nodeName);
      return node ? [{ pod, node }] : [];
    });
    const all = [...stay, ...placed];
    for (const one of placed)
      for (const other of all.filter(({ pod }) => pod !== one.pod && pod.labels.app === one.pod.labels.app))
        for (const { topologyKey } of [...one.pod.podAntiAffinity, ...other.pod.podAntiAffinity])
          expect(label(one.node, topologyKey)).not.toBe(label(other.node, topologyKey));
  });
});

test('a pod that stays Pending fits on no node, or another like it took the room', () => {
  holds((placed, { nodes, targets, staying, moves }) => {
    const simple = moves.filter(
      ({ pod, volumes = [] }) =>
        !placed.some((each) => each.pod === pod) &&
        volumes.length + pod.spreads.length + pod.podAntiAffinity.length + pod.hostPorts.length === 0,
    );
    for (const { pod } of simple) {
      const free = nodes.filter((node) => {
        const come = placed.filter((each) => each.node === node).map((each) => each.pod);
        const all = [...on(staying, node), ...come, pod];
        const sum = (name: string) => all.reduce((total, { requests }) => total + (requests[name] ?? 0), 0);
        const fits = Object.entries(pod.requests).every(
          ([name, amount]) => amount === 0 || sum(name) <= (node.allocatable[name] ?? 0),
        );
        const open =
          !targets.has(node.name) && node.ready === 'True' && !node.unschedulable && node.taints.length === 0;
        const wanted = !pod.nodeSelector.disk || node.labels.disk === pod.nodeSelector.disk;
        const shunned = [...staying, ...placed.map((each) => each.pod)].some(
          ({ podAntiAffinity, labels }) => podAntiAffinity.length > 0 && labels.app === pod.labels.app,
        );
        return fits && open && wanted && !shunned && (pod.nodeTerms === undefined || isIn(node, pod.nodeTerms));
      });
      expect(free.map(({ name }) => name)).toEqual([]);
    }
  });
});
