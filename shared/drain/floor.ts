import type { ApiAnswer } from '../lifecycle/api-failure.ts';
import type { BudgetView } from '../lifecycle/node.ts';
import type { PodView } from '../lifecycle/pod.ts';
import type { ClusterPort, HookView } from '../ports.ts';
import { type Ledger, openLedger, wakeByBudget } from './eviction-ledger.ts';
import { type Followed, follow } from './follow.ts';
import type { MarkedNode } from './mark-node.ts';
import type { FactBook } from './pod-facts.ts';
import type { Session } from './session.ts';
import { createWake, type Wake } from './wake.ts';

/** Where a drain takes place. */
export interface DrainPlace {
  cluster: ClusterPort;
  marked: MarkedNode;
  hook: HookView;
  facts: FactBook;
  /** Evictions that this drain may have in flight. */
  share: number;
}

/** What the eviction loop works on while it runs: live lists of pods and budgets, and the requests under way. */
export interface Floor extends DrainPlace {
  pods: Followed<PodView>;
  budgets: Followed<BudgetView>;
  ledger: Ledger;
  wake: Wake;
  underWay: Set<Promise<void>>;
  /** What a request under way threw: the loop throws it on. */
  failures: unknown[];
}

/** Answers the failure of a first list instead. */
export async function openFloor(session: Session, place: DrainPlace): Promise<ApiAnswer<Floor>> {
  const { clock } = session.ports;
  const { signal } = session.budget;
  const { cluster, marked } = place;
  const wake = createWake();
  const ledger = openLedger(place.share);
  const budgets = await follow<BudgetView>(
    {
      list: (until) => cluster.listBudgets(until),
      watch: (version, until) => cluster.watchBudgets(version, until),
      key: ({ uid }) => uid,
      onChange(budget) {
        if (budget) wakeByBudget(ledger, budget, clock.now());
        wake.notify();
      },
    },
    clock,
    signal,
  );
  if (!budgets.ok) return budgets;
  const pods = await follow<PodView>(
    {
      list: (until) => cluster.listPods(marked.node.name, until),
      watch: (version, until) => cluster.watchPods(marked.node.name, version, until),
      key: ({ uid }) => uid,
      onChange: () => wake.notify(),
    },
    clock,
    signal,
  );
  if (!pods.ok) {
    await budgets.value.close();
    return pods;
  }
  const lists = { pods: pods.value, budgets: budgets.value };
  return { ok: true, value: { ...place, ...lists, ledger, wake, underWay: new Set(), failures: [] } };
}

/** Waits for the requests under way: what they did must be noted. */
export async function closeFloor(floor: Floor): Promise<void> {
  await Promise.all(floor.underWay);
  await Promise.all([floor.pods.close(), floor.budgets.close()]);
}
