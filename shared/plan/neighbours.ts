import { matchesSelector } from '../lifecycle/budget-match.ts';
import type { LabelSelectorView } from '../lifecycle/node.ts';
import type { PlanNode, PlanPod, PodTerm } from './snapshot.ts';

/** Where pods are, for what pods ask about other pods. Nodes go by their index. */
export interface Neighbours {
  /** How many pods that the term means are in each domain of its topology key. */
  counted(term: PodTerm): Counted;
  /** Terms of anti-affinity that other pods hold against this one, and in which domains they stand. */
  against(pod: PlanPod): { term: PodTerm; domains: ReadonlyMap<string, number> }[];
  add(pod: PlanPod, node: number): void;
}

export interface Counted {
  domains: ReadonlyMap<string, number>;
  total: number;
}

interface Group {
  term: PodTerm;
  matching: { domains: Map<string, number>; total: number } | undefined;
  owners: Map<string, number>;
}

export function findNeighbours(nodes: readonly PlanNode[], staying: readonly PlanPod[]): Neighbours {
  const groups = new Map<string, Group>();
  const indexOf = new Map(nodes.map(({ name }, index) => [name, index]));
  const placed = new Map<string, { pod: PlanPod; node: number }[]>();
  const domainOf = (node: number, key: string) => nodes[node]?.labels[key];

  const groupOf = (term: PodTerm): Group => {
    const key = JSON.stringify(term);
    const known = groups.get(key);
    if (known) return known;
    const group: Group = { term, matching: undefined, owners: new Map() };
    groups.set(key, group);
    return group;
  };
  const count = (group: Group) => {
    const matching = { domains: new Map<string, number>(), total: 0 };
    const { namespaces } = group.term;
    const lists = namespaces === 'all' ? [...placed.values()] : namespaces.map((name) => placed.get(name) ?? []);
    for (const { pod, node } of lists.flat()) if (isMeant(group.term, pod)) tally(matching, group.term, node);
    return matching;
  };
  const tally = (matching: NonNullable<Group['matching']>, { topologyKey }: PodTerm, node: number) => {
    const domain = domainOf(node, topologyKey);
    matching.total += 1;
    if (domain !== undefined) matching.domains.set(domain, (matching.domains.get(domain) ?? 0) + 1);
  };
  const add = (pod: PlanPod, node: number) => {
    for (const group of groups.values())
      if (group.matching && isMeant(group.term, pod)) tally(group.matching, group.term, node);
    const list = placed.get(pod.namespace) ?? [];
    placed.set(pod.namespace, list);
    list.push({ pod, node });
    for (const term of pod.podAntiAffinity) {
      const { owners } = groupOf(term);
      const domain = domainOf(node, term.topologyKey);
      if (domain !== undefined) owners.set(domain, (owners.get(domain) ?? 0) + 1);
    }
  };
  for (const pod of staying) {
    const node = indexOf.get(pod.nodeName ?? '');
    if (node !== undefined) add(pod, node);
  }

  return {
    add,
    counted(term) {
      const group = groupOf(term);
      group.matching ??= count(group);
      return group.matching;
    },
    against: (pod) =>
      [...groups.values()]
        .filter(({ owners, term }) => owners.size > 0 && isMeant(term, pod))
        .map(({ term, owners }) => ({ term, domains: owners })),
  };
}

/** Is the pod one of those that the term speaks of? */
export function isMeant(
  { namespaces, selector }: { namespaces: PodTerm['namespaces']; selector: LabelSelectorView | undefined },
  pod: Pick<PlanPod, 'namespace' | 'labels'>,
): boolean {
  return (namespaces === 'all' || namespaces.includes(pod.namespace)) && matchesSelector(selector, pod.labels);
}
