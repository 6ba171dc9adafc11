import type { HostPort, PlanNode, PlanPod } from './snapshot.ts';

/** What is free on each node, and who takes it. Nodes go by their index. */
export interface Room {
  /** Why the pod does not fit, in the scheduler's own words; empty: it fits. */
  refusals(node: number, need: Need): string[];
  /** How full the node would be, the higher the fuller; undefined: the pod does not fit. */
  fullness(node: number, need: Need): number | undefined;
  need(pod: PlanPod): Need;
  take(node: number, need: Need): void;
}

export interface Need {
  /** In the order of the room's own list of resources. */
  amounts: Float64Array;
  ports: readonly HostPort[];
}

/** Room for these pods among the nodes, less what the pods that stay there take. */
export function measureFree(nodes: readonly PlanNode[], staying: readonly PlanPod[], moving: readonly PlanPod[]): Room {
  const names = [...new Set(moving.flatMap(({ requests }) => Object.keys(requests)))];
  const indexOf = new Map(nodes.map(({ name }, index) => [name, index]));
  const free = nodes.map(({ allocatable }) => Float64Array.from(names, (name) => allocatable[name] ?? 0));
  const whole = free.map((amounts) => Float64Array.from(amounts));
  const ports: HostPort[][] = nodes.map(() => []);
  const need = ({ requests, hostPorts }: PlanPod): Need => ({
    amounts: Float64Array.from(names, (name) => requests[name] ?? 0),
    ports: hostPorts,
  });
  const take = (node: number, { amounts, ports: taken }: Need) => {
    const left = free[node] as Float64Array;
    for (let each = 0; each < amounts.length; each += 1) left[each] = (left[each] ?? 0) - (amounts[each] ?? 0);
    ports[node]?.push(...taken);
  };
  for (const pod of staying) {
    const node = indexOf.get(pod.nodeName ?? '');
    if (node !== undefined) take(node, need(pod));
  }
  const isPortTaken = (node: number, wanted: readonly HostPort[]) =>
    wanted.length > 0 && wanted.some((port) => ports[node]?.some((other) => clashes(port, other)));

  return {
    need,
    take,
    refusals(node, { amounts, ports: wanted }) {
      if (isPortTaken(node, wanted)) return ["node(s) didn't have free ports for the requested pod ports"];
      return names
        .filter((_, each) => lacks(amounts[each] ?? 0, free[node]?.[each] ?? 0))
        .map((name) => (name === 'pods' ? 'Too many pods' : `Insufficient ${name}`));
    },
    fullness(node, { amounts, ports: wanted }) {
      const left = free[node] as Float64Array;
      const all = whole[node] as Float64Array;
      let used = 0;
      for (let each = 0; each < amounts.length; each += 1) {
        const amount = amounts[each] as number;
        const has = left[each] as number;
        if (lacks(amount, has)) return undefined;
        if (amount > 0) used += 1 - (has - amount) / (all[each] as number);
      }
      return isPortTaken(node, wanted) ? undefined : used;
    },
  };
}

/** A pod that asks for nothing of a resource goes where it has run out. */
function lacks(amount: number, free: number): boolean {
  return amount > 0 && amount > free;
}

function clashes(one: HostPort, other: HostPort): boolean {
  const sameIp = one.ip === '' || other.ip === '' || one.ip === other.ip;
  return sameIp && one.port === other.port && one.protocol === other.protocol;
}
