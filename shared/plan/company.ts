import { isMeant, type Neighbours } from './neighbours.ts';
import { selectsNode } from './node-refusal.ts';
import type { PlanNode, PlanPod, SpreadView } from './snapshot.ts';
import { cordonTaint, toleratesTaint } from './tolerates.ts';

/** Why the pod may not go to a node because of the pods there or elsewhere, in the scheduler's words; undefined: it may. */
export type Company = (node: PlanNode) => string | undefined;

/**
 * What pods ask about other pods, as things stand when they are asked. https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 * and https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export function openCompany(
  nodes: readonly PlanNode[],
  cordoned: ReadonlySet<string>,
  others: Neighbours,
): (pod: PlanPod) => Company {
  const places = openPlaces(nodes, cordoned);
  return (pod) => {
    const checks: Company[] = [
      ...pod.spreads.map((spread) => evenly(pod, spread, places(pod, spread), others)),
      ...pod.podAffinity.map((term) => {
        const { domains, total } = others.counted(term);
        return beside(term.topologyKey, domains, total === 0 && isMeant(term, pod));
      }),
      ...pod.podAntiAffinity.map((term) =>
        away(term.topologyKey, others.counted(term).domains, "node(s) didn't match pod anti-affinity rules"),
      ),
      ...others
        .against(pod)
        .map(({ term, domains }) =>
          away(term.topologyKey, domains, "node(s) didn't satisfy existing pods anti-affinity rules"),
        ),
    ];
    return (node) => {
      for (const check of checks) {
        const refusal = check(node);
        if (refusal) return refusal;
      }
      return undefined;
    };
  };
}

/** The first of its kind may go anywhere. */
function beside(topologyKey: string, domains: ReadonlyMap<string, number>, isFirst: boolean): Company {
  return ({ labels }) => {
    const domain = labels[topologyKey];
    const fits = domain !== undefined && (isFirst || domains.has(domain));
    return fits ? undefined : "node(s) didn't match pod affinity rules";
  };
}

function away(topologyKey: string, domains: ReadonlyMap<string, number>, refusal: string): Company {
  return ({ labels }) => {
    const domain = labels[topologyKey];
    return domain !== undefined && domains.has(domain) ? refusal : undefined;
  };
}

function evenly(pod: PlanPod, spread: SpreadView, places: readonly string[], others: Neighbours): Company {
  const { topologyKey, maxSkew, minDomains, selector } = spread;
  const { domains } = others.counted({ topologyKey, namespaces: [pod.namespace], selector });
  let least = places.length < minDomains ? 0 : Number.POSITIVE_INFINITY;
  for (const place of places) least = Math.min(least, domains.get(place) ?? 0);
  const itself = isMeant({ namespaces: [pod.namespace], selector }, pod) ? 1 : 0;
  return ({ labels }) => {
    const domain = labels[topologyKey];
    if (domain === undefined) return "node(s) didn't match pod topology spread constraints (missing required label)";
    const skew = (domains.get(domain) ?? 0) + itself - least;
    return skew > maxSkew ? "node(s) didn't match pod topology spread constraints" : undefined;
  };
}

/** The domains that pods are spread over, asked once for all pods that are alike. */
function openPlaces(nodes: readonly PlanNode[], cordoned: ReadonlySet<string>) {
  const known = new Map<string, readonly string[]>();
  return (pod: PlanPod, spread: SpreadView): readonly string[] => {
    const key = JSON.stringify([spread, pod.nodeSelector, pod.nodeTerms, pod.tolerations]);
    const before = known.get(key);
    if (before) return before;
    const domains = nodes
      .filter((node) => isPlace(pod, spread, node, cordoned))
      .map(({ labels }) => labels[spread.topologyKey])
      .filter((domain) => domain !== undefined);
    const found = [...new Set(domains)];
    known.set(key, found);
    return found;
  };
}

/** A cordoned node is one of them, too, unless the constraint honours taints. */
function isPlace(pod: PlanPod, spread: SpreadView, node: PlanNode, cordoned: ReadonlySet<string>): boolean {
  if (spread.honorsAffinity && !selectsNode(pod, node)) return false;
  const taints = cordoned.has(node.name) || node.unschedulable ? [...node.taints, cordonTaint] : node.taints;
  return !spread.honorsTaints || taints.every((taint) => toleratesTaint(pod.tolerations, taint));
}
